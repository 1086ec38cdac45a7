import type { OptionScriptName } from '@cardwright/contract'

/** A script that is being edited, as the browser keeps it, made from `version`. */
export type KeptScript = { readonly version: number; readonly at: string; readonly text: string }

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
const keyOf = (name: OptionScriptName) => `cardwright.option-script:${name}`

export const keptScript = (store: Store, name: OptionScriptName): KeptScript | null => {
  try {
    const { version, at, text } = JSON.parse(store.getItem(keyOf(name)) ?? 'null') ?? {}
    const whole = Number.isInteger(version) && typeof at === 'string' && typeof text === 'string'
    return whole && !Number.isNaN(Date.parse(at)) ? { version, at, text } : null
  } catch {
    return null
  }
}

/** False = this browser keeps nothing. */
export const keepScript = (store: Store, name: OptionScriptName, kept: KeptScript): boolean => {
  try {
    store.setItem(keyOf(name), JSON.stringify(kept))
    return true
  } catch {
    return false
  }
}

export const dropScript = (store: Store, name: OptionScriptName): void => {
  try {
    store.removeItem(keyOf(name))
  } catch {
    // Where nothing is kept there is nothing to drop.
  }
}
