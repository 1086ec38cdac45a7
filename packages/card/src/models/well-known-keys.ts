import { asciiToBytes } from '../bytes.ts'
import { MANAGEMENT_KEY_ALGORITHMS, type ManagementKeyAlgorithm } from '../piv/algorithms.ts'

/**
 * Administration keys that are printed in manuals and therefore protect nothing: `yubico-default` counts 01 to 08
 * again and again (all YubiKeys, most cards that follow them), `globalplatform-test` counts 40 to 4F.
 */
export type WellKnownKeyName = 'yubico-default' | 'globalplatform-test'

const PERIODS: { readonly [name in WellKnownKeyName]: Uint8Array } = {
  'yubico-default': Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
  'globalplatform-test': asciiToBytes('@ABCDEFGHIJKLMNO'),
}

/** The key as bytes, cut to the algorithm's length. */
export function wellKnownKey(name: WellKnownKeyName, algorithm: ManagementKeyAlgorithm): Uint8Array {
  const period = PERIODS[name]
  return Uint8Array.from(
    { length: MANAGEMENT_KEY_ALGORITHMS[algorithm].keyLength },
    (_, i) => period[i % period.length] ?? 0,
  )
}

export function isWellKnownKeyName(name: string): name is WellKnownKeyName {
  return name in PERIODS
}
