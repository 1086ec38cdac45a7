import type { AesKey } from '@cardwright/card'
import type { ManagementKeyAlgorithm } from '@cardwright/core'
import { counterModeKdf, fixedInputData } from './counter-mode-kdf.ts'
import { isSoundTripleDesKey, withOddParity } from './des-key.ts'

const LENGTH: Record<ManagementKeyAlgorithm, number> = { '3DES': 24, 'AES-128': 16, 'AES-192': 24, 'AES-256': 32 }

/** Context: length of the identity (2) ‖ identity ‖ key version (4) ‖ attempt (1). No two cards or versions share one. */
function contextOf(identity: string, version: number, attempt: number): Uint8Array {
  const name = new TextEncoder().encode(identity)
  if (name.length === 0 || name.length > 0xffff) throw new RangeError('A card identity has 1 to 65535 octets')
  if (!Number.isInteger(version) || version < 0 || version > 0xffffffff)
    throw new RangeError('A key version is a 32-bit number')
  const out = new Uint8Array(2 + name.length + 5)
  const view = new DataView(out.buffer)
  view.setUint16(0, name.length)
  out.set(name, 2)
  view.setUint32(2 + name.length, version)
  out[out.length - 1] = attempt
  return out
}

/**
 * The administration key of one card and key version (SP 800-108r1 with AES-CMAC): knowing one says nothing of another, and
 * none has to be stored. 3DES gets odd parity, which some cards check, and is derived anew in the one case in 2⁵⁰ that it is weak.
 */
export function deriveAdministrationKey(
  master: Pick<AesKey, 'cmac'>,
  card: { readonly identity: string; readonly version: number; readonly algorithm: ManagementKeyAlgorithm },
): Uint8Array {
  const length = LENGTH[card.algorithm]
  const label = `cardwright/administration-key/${card.algorithm}`
  for (let attempt = 0; attempt < 256; attempt++) {
    const context = contextOf(card.identity, card.version, attempt)
    const key = counterModeKdf(master, fixedInputData(label, context, length), length)
    if (card.algorithm !== '3DES') return key
    const parityKey = withOddParity(key)
    if (isSoundTripleDesKey(parityKey)) return parityKey
  }
  throw new RangeError('The derivation gives only weak keys, so the master key cannot be a random one')
}
