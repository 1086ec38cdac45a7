import { ApiError } from '../api/api-error.ts'
import { languageName } from '../format/language.ts'
import { t, textFor } from '../texts/t.ts'
import { type LetterFault, type LetterTexts, letterFaults } from './letter-faults.ts'

export const wordsOfFault = ({ field, text, language }: LetterFault): string => {
  const named = textFor(`letter.${field}`, {}, field)
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
