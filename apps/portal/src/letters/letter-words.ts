import { ApiError } from '../api/api-error.ts'
import { hasText, t, textFor } from '../texts/t.ts'
import { type LetterFault, type LetterTexts, letterFaults } from './letter-faults.ts'

const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })

/** "German" of `de`; a code that has no name stays one. */
export const languageName = (code: string): string => names.of(code) ?? code

/** The two-letter codes of ISO 639 that have a name, by name. */
export const namedLanguages = (): readonly { readonly value: string; readonly label: string }[] => {
  const letters = [...'abcdefghijklmnopqrstuvwxyz']
  return letters
    .flatMap(first => letters.map(second => first + second))
    .flatMap(value => {
      const label = names.of(value)
      // Old codes are read as the new ones, and would be in the list twice.
      return label && Intl.getCanonicalLocales(value)[0] === value ? [{ value, label }] : []
    })
    .sort((a, b) => a.label.localeCompare(b.label))
}

export const wordsOfFault = ({ field, text, language }: LetterFault): string => {
  const named = hasText(`letter.${field}`) ? textFor(`letter.${field}`, {}, field) : field
  return language === null
    ? t('letter.fault', { field: named, fault: text })
    : t('letter.faultIn', { language: languageName(language), field: named, fault: text })
}

/** The same error, its fields named as the form names them. */
export const inWords = (error: ApiError, texts: readonly Pick<LetterTexts, 'language'>[]): ApiError =>
  new ApiError({
    status: error.status,
    code: error.code,
    detail: error.message,
    ...(error.step === undefined ? {} : { step: error.step }),
    ...(error.advice === undefined ? {} : { advice: error.advice }),
    fields: Object.fromEntries(
      letterFaults(error.fields, texts).map(fault => [
        wordsOfFault({ ...fault, text: '' }).replace(/: $/, ''),
        fault.text,
      ]),
    ),
  })
