import type { LetterSettings } from '@cardwright/contract'

type Fields = Readonly<Record<string, string>>
export type LetterTexts = LetterSettings['texts'][number]

/** A fault with its place: a field of the page, or one of the texts of a language. */
export type LetterFault = {
  readonly field: string
  readonly text: string
  /** Null = not of a text. */
  readonly language: string | null
}

/** The server names fields from the body or from the settings: `settings.texts.0.letterBody`. */
const inTexts = /^(?:settings\.)?texts\.(\d+)\.(\w+)$/

export const letterFaults = (fields: Fields, texts: readonly Pick<LetterTexts, 'language'>[]): readonly LetterFault[] =>
  Object.entries(fields).map(([path, text]) => {
    const [, at, field] = inTexts.exec(path) ?? []
    const own = at === undefined ? undefined : texts[Number(at)]
    return own && field
      ? { field, text, language: own.language }
      : { field: path.replace(/^settings\./, ''), text, language: null }
  })
