import { hasText, type TextParams, textFor } from '../texts/t.ts'

/** `device.initial-pin` → "Device initial pin", for an action that the catalogue does not know yet. */
export const humanised = (word: string): string => {
  const words = word.replace(/[._-]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export const actionText = (action: string): string => textFor(`did.${action}`, {}, humanised(action))

type Details = Readonly<Record<string, string | number | boolean | null>>

/** The facts that the catalogue has a name for, as "Policy: Staff". Identifiers and the like stay out. */
export const detailTexts = (details: Details): string[] =>
  Object.entries(details)
    .filter(([name, value]) => value !== null && value !== '' && hasText(`fact.${name}`))
    .map(
      ([name, value]) =>
        `${textFor(`fact.${name}`, {}, name)}: ${typeof value === 'boolean' ? textFor(value ? 'common.yes' : 'common.no', {}, '') : value}`,
    )

/** Text of a plan step that the server named. */
export const stepText = (key: string, params: TextParams): string => {
  const name = key.startsWith('step.') ? key : `step.${key}`
  return textFor(name, params, humanised(key.replace(/^step\./, '')))
}
