import { encodePin } from '../piv/pin-encoding.ts'
import type { Script, ScriptGap } from './script.ts'

/** What the holder typed, by gap name. Lives on the workstation only. */
export type GapValues = { readonly [name in ScriptGap['name']]?: string }

/** Writes the values into a copy of the step's last APDU. Call refuseGapValues for the whole script first. */
export function fillGaps(apdu: Uint8Array, gaps: readonly ScriptGap[], values: GapValues): Uint8Array {
  const filled = Uint8Array.from(apdu)
  for (const { name, offset } of gaps) filled.set(encodePin(values[name] ?? ''), offset)
  return filled
}

/**
 * The reason why the values do not fill the script's gaps, or undefined. Checked before the first APDU, because a PIN
 * that is known to be malformed must not cost a try (SP 800-73-5 part 2 §3.2.1).
 */
export function refuseGapValues(script: Script, values: GapValues): string | undefined {
  for (const name of new Set(script.steps.flatMap(step => step.gaps?.map(gap => gap.name) ?? []))) {
    const value = values[name]
    if (value === undefined) return `no value for the gap ${name}`
    try {
      encodePin(value)
    } catch {
      return `the value for the gap ${name} cannot be a PIN`
    }
  }
  return undefined
}
