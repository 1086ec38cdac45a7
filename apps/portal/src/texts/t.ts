import { createInstance } from 'i18next'
import { en } from './en.ts'

type Base<K> = K extends `${infer B}_one` ? B : K extends `${infer B}_other` ? B : K
/** Keys of the catalogue; a key with `_one` and `_other` is asked for without its ending, with `count`. */
export type TextKey = Base<keyof typeof en>
export type TextParams = Readonly<Record<string, string | number>>

const i18n = createInstance()
void i18n.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: en } },
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
  initAsync: false,
})

export const t = (key: TextKey, params?: TextParams): string => i18n.t(key, { ...params })

/** Text for a word that the server chose (a step, an audit action); `fallback` if the catalogue does not know it. */
export const textFor = (key: string, params: TextParams, fallback: string): string =>
  i18n.exists(key) ? i18n.t(key, { ...params }) : fallback

export const hasText = (key: string): boolean => i18n.exists(key)
