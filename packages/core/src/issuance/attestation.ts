import { parseCertificate } from '@cardwright/pki'
import { accept, type Outcome, refuse } from '../outcome/refusal.ts'
import type { KeyEvidence } from './issuance.ts'

const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i])

/**
 * The card's statements about keys that it has just made: each must speak of the key that it answered with, and none
 * may be missing. Whether the statement's chain leads to a trusted root is decided by the trust anchors that an
 * administrator sets, which is later work; until then a statement proves consistency, not origin.
 */
export const checkAttestations = (
  keys: readonly KeyEvidence[],
  statements: ReadonlyMap<string, Uint8Array>,
): Outcome<null> => {
  for (const [slot, statement] of statements) {
    const key = keys.find(k => k.slot === slot)
    try {
      if (!key || !same(parseCertificate(statement).publicKey.spki, key.publicKeySpki))
        return refuse('ATTESTATION_FAILED', { slot, why: 'it speaks of another key' })
    } catch {
      return refuse('ATTESTATION_FAILED', { slot, why: 'it is not a certificate' })
    }
  }
  return accept(null)
}
