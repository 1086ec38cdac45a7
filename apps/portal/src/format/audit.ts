import { hasText, type TextParams, t, textFor } from '../texts/t.ts'

/** `device.initial-pin` → "Device initial pin", for an action that the catalogue does not know yet. */
export const humanised = (word: string): string => {
  const words = word.replace(/[._-]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export const actionText = (action: string): string => textFor(`did.${action}`, {}, humanised(action))

/** Why something was refused or failed; what an operator wrote, and codes without words, stay as they are. */
export const reasonText = (reason: string | null): string =>
  reason === null ? '' : textFor(`because.${reason}`, {}, reason)

/** The same where it has words; a code means something to support only. */
export const knownReason = (reason: string | null): string =>
  reason !== null && hasText(`because.${reason}`) ? reasonText(reason) : ''

type Details = Readonly<Record<string, string | number | boolean | null>>

const valueText = (name: string, value: string | number | boolean, { slot, object }: Details): string => {
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no')
  const word = String(value)
  if (name === 'step') return stepText(word, { slot: String(slot ?? '…'), object: String(object ?? '…') })
  if (name === 'profile' || name === 'role') return textFor(`${name}.${word}`, {}, word)
  return textFor(`value.${name}.${word}`, {}, word)
}

/** Said of every device and request; worth a line only where it is unusual (R-18). */
const isOrdinary = (name: string, value: unknown): boolean =>
  (name === 'temporary' && value === false) ||
  (name === 'terminated' && value === 0) ||
  (name === 'copy' && value === 1)

/** The facts that the catalogue has a name for, as "Policy: Staff". Identifiers and the like stay out. */
export const detailTexts = (details: Details): string[] =>
  Object.entries(details).flatMap(([name, value]) =>
    value === null || value === '' || isOrdinary(name, value) || !hasText(`fact.${name}`)
      ? []
      : [`${textFor(`fact.${name}`, {}, name)}: ${valueText(name, value, details)}`],
  )

/** Text of a plan step that the server named. */
export const stepText = (key: string, params: TextParams): string => {
  const name = key.startsWith('step.') ? key : `step.${key}`
  const { object } = params
  const said = object === undefined ? params : { ...params, object: textFor(`object.${object}`, {}, String(object)) }
  return textFor(name, said, humanised(key.replace(/^step\./, '')))
}
