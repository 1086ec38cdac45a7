import { type CardCommand, isKeySlot, sign, verifyPin } from '@cardwright/card'
import {
  assembleCsr,
  cardSignatureInput,
  encodeCsrInfo,
  encodeName,
  isProvenBySignature,
  nameOf,
  parseCsr,
  signatureAlgorithmFor,
} from '@cardwright/pki'
import { RefusalError, refuse } from '../outcome/refusal.ts'
import type { User } from '../people/user.ts'
import type { Layout } from '../policy/layout.ts'
import type { Ledger } from './ledger.flow.ts'
import type { OpenCard } from './open-card.flow.ts'
import type { SealedSecrets } from './secrets.flow.ts'
import { stepId } from './step-id.ts'

/**
 * Proof of possession: each key signs a PKCS#10 request (RFC 2986), all slots in one round trip. The PIN is verified
 * before each signature, because 9C asks for it each time (SP 800-73-5 part 1 table 4a) and others do not mind.
 */
export const signRequests = async (
  ledger: Ledger,
  card: OpenCard,
  layout: Layout,
  user: User,
  sealed: SealedSecrets,
): Promise<ReadonlyMap<string, Uint8Array>> => {
  const prepared = layout.slots
    .filter(s => s.signs)
    .map(({ slot, algorithm }) => {
      const key = ledger.issuance.keys.find(k => k.slot === slot)
      const byte = Number.parseInt(slot, 16)
      if (!key || !isKeySlot(byte)) throw new RefusalError(refuse('CARD_KEY_MISMATCH', { slot }))
      const signature = signatureAlgorithmFor(key.publicKeySpki)
      const subject = encodeName(nameOf(['CN', user.displayName]))
      const info = encodeCsrInfo({ subject, publicKey: key.publicKeySpki })
      return { slot, byte, algorithm, signature, info, input: cardSignatureInput(signature, info) }
    })
  const commands: CardCommand<unknown>[] = prepared.flatMap(p => {
    const progress = stepId({ name: 'sign-request', slot: p.slot })
    return [
      { ...verifyPin(sealed.pinValue), progress },
      { ...sign(p.byte, p.algorithm, p.input), progress },
    ]
  })
  const answers = (await card.session.run(...commands)) as readonly unknown[]
  const requests = new Map<string, Uint8Array>()
  for (const [i, p] of prepared.entries()) {
    const csr = assembleCsr(p.info, p.signature, answers[2 * i + 1] as Uint8Array)
    if (!isProvenBySignature(parseCsr(csr)))
      throw new RefusalError(refuse('PROOF_OF_POSSESSION_FAILED', { slot: p.slot }))
    requests.set(p.slot, csr)
  }
  return requests
}
