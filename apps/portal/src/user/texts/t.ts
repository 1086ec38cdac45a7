import { en } from './en.ts'

type Base<K> = K extends `${infer B}_one` ? B : K extends `${infer B}_other` ? B : K
/** Keys of the catalogue; a key with `_one` and `_other` is asked for without its ending, with `count`. */
export type TextKey = Base<keyof typeof en>
export type TextParams = Readonly<Record<string, string | number>>

const texts: Readonly<Record<string, string>> = en
const plural = new Intl.PluralRules('en')

/** The same manner as the Operator portal's `t`, without a library. */
export const t = (key: TextKey, params: TextParams = {}): string => {
  const { count } = params
  const counted = typeof count === 'number' ? texts[`${key}_${plural.select(count)}`] : undefined
  return (counted ?? texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}
