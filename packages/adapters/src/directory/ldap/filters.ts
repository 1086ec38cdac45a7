import { DirectoryError } from '@cardwright/core'
import { AndFilter, EqualityFilter, type Filter, FilterParser } from 'ldapts'

/** The administrator's filter (RFC 4515 text). */
export const configuredFilter = (text: string): Filter => {
  try {
    return FilterParser.parseString(text)
  } catch (cause) {
    throw new DirectoryError(
      'DIRECTORY_CONFIGURATION',
      `The filter ${text} cannot be read.`,
      'Correct it in the directory settings; RFC 4515 says how filters are written.',
      { cause },
    )
  }
}

/**
 * The administrator's filter and one value more. The value goes into the request as bytes of its own (RFC 4511 §4.5.1.7),
 * never through the text form, so there is nothing in it to escape.
 */
export const filterFor = (text: string, attribute: string, value: string | Buffer): Filter =>
  new AndFilter({ filters: [configuredFilter(text), new EqualityFilter({ attribute, value })] })
