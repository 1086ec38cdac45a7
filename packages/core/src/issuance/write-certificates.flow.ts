import {
  type CardCommand,
  decodeChuid,
  formatUuid,
  getDataIfPresent,
  isKeySlot,
  PIV_OBJECTS,
  readKeyMetadata,
} from '@cardwright/card'
import { RefusalError, refuse } from '../outcome/refusal.ts'
import type { Layout } from '../policy/layout.ts'
import { certificateObjects } from './card-objects.flow.ts'
import type { SlotCertificate } from './certify.flow.ts'
import { type CardObjects, compileStep } from './compile-steps.ts'
import type { Ledger } from './ledger.flow.ts'
import type { OpenCard } from './open-card.flow.ts'
import type { PlanStep } from './plan-issuance.ts'

const noSecrets = { pin: '', puk: '', administrationKey: null }

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i])

/** Reads the keys back where the card can tell; the certificate must belong to the key that is there *now*. */
const keyChecks = (layout: Layout, card: OpenCard, ledger: Ledger): readonly CardCommand<string | undefined>[] => {
  if (!card.facts.metadata) return []
  return layout.slots.map(({ slot }) => {
    const byte = Number.parseInt(slot, 16)
    if (!isKeySlot(byte)) throw new RangeError(`${slot} is not a key slot`)
    const command = readKeyMetadata(byte)
    const expected = ledger.issuance.keys.find(k => k.slot === slot)?.publicKeySpki
    return {
      ...command,
      progress: 'check-card',
      decode: r => {
        const now = command.decode(r).publicKey?.publicKeySpki
        return expected && now && sameBytes(expected, now) ? undefined : slot
      },
    }
  })
}

/**
 * Step 4, second half: certificates and security object, then a reading-back of identity and keys, as one script.
 * Refuses with CARD_KEY_MISMATCH or CARD_EXCHANGED if the card is not what was written.
 */
export const writeCertificates = async (
  ledger: Ledger,
  card: OpenCard,
  layout: Layout,
  objects: CardObjects,
  certificates: readonly SlotCertificate[],
): Promise<void> => {
  const all = { ...objects, ...certificateObjects(certificates) }
  const securityObject = layout.objects.find(o => o.object === 'security-object' && objects['security-object'])
  const steps: PlanStep[] = [
    ...certificates.map(({ slot }): PlanStep => ({ name: 'write-certificate', slot })),
    ...(securityObject ? [{ name: 'write-object', ...securityObject } as const] : []),
  ]
  const writes = steps.flatMap(s => compileStep(s, card.facts, noSecrets, all))
  const checks = keyChecks(layout, card, ledger)
  const identity = { ...getDataIfPresent(PIV_OBJECTS.chuid.tag), progress: 'check-card' }
  const commands: readonly CardCommand<unknown>[] = [...checks, ...writes, identity]
  const answers = (await card.session.run(...commands)) as readonly unknown[]

  const mismatch = answers.slice(0, checks.length).find(slot => slot !== undefined)
  if (mismatch) throw new RefusalError(refuse('CARD_KEY_MISMATCH', { slot: String(mismatch) }))
  const chuid = answers.at(-1) as Uint8Array | undefined
  const guid = chuid && formatUuid(decodeChuid(chuid).guid)
  if (guid !== ledger.issuance.cardUuid)
    throw new RefusalError(refuse('CARD_EXCHANGED', { expected: ledger.issuance.serial }))
}
