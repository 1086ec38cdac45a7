import {
  type CardCommand,
  decodeChuid,
  formatUuid,
  getDataIfPresent,
  isKeySlot,
  PIV_OBJECTS,
  readKeyMetadata,
} from '@cardwright/card'
import type { Device } from '../device/device.ts'
import { RefusalError, refuse } from '../outcome/refusal.ts'
import type { Layout } from '../policy/layout.ts'
import type { KeyReference } from '../ports/keys.ts'
import { certificateObjects } from './card-objects.flow.ts'
import type { SlotCertificate } from './certify.flow.ts'
import { type CardObjects, compileStep, type Evidence, type ScriptSecrets } from './compile-steps.ts'
import type { IssuancePorts } from './issuance-ports.ts'
import type { Ledger } from './ledger.flow.ts'
import type { OpenCard } from './open-card.flow.ts'
import type { PlanStep } from './plan-issuance.ts'
import { stepId } from './step-id.ts'

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
      progress: stepId({ name: 'write-certificate', slot: layout.slots[0]?.slot }),
      decode: r => {
        const now = command.decode(r).publicKey?.publicKeySpki
        return expected && now && sameBytes(expected, now) ? undefined : slot
      },
    }
  })
}

/** A new individual key for this card: a version that was never used, so that a copied card learns nothing of value. */
const nextAdministrationKey = (device: Device, algorithm: KeyReference['algorithm']): KeyReference => ({
  kind: 'individual',
  identity: device.identity,
  version: device.keyVersion + 1,
  algorithm,
})

/** Intent before effect: the key's reference is stored before the key is sent (DESIGN §2). */
const intendAdministrationKey = async (ledger: Ledger, card: OpenCard): Promise<KeyReference> => {
  const [algorithm] = card.facts.administrationKeyAlgorithms
  if (!algorithm) throw new RefusalError(refuse('POLICY_NEEDS_KEY_CHANGE'))
  const { administrationKey, pendingAdministrationKey, keyVersion } = ledger.device
  // A pending key that the card turned out not to have may be known to whoever got it instead: it is not sent twice.
  const isOnCard = JSON.stringify(pendingAdministrationKey) === JSON.stringify(administrationKey)
  const pending =
    pendingAdministrationKey && isOnCard ? pendingAdministrationKey : nextAdministrationKey(ledger.device, algorithm)
  const highest = pending.kind === 'individual' ? Math.max(keyVersion, pending.version) : keyVersion
  await ledger.save({}, { pendingAdministrationKey: pending, keyVersion: highest })
  return pending
}

const isSet = (answers: readonly unknown[]): boolean =>
  answers.some(a => (a as Evidence | undefined)?.kind === 'administration-key-set')

/**
 * Step 4, second half: certificates, security object and administration key, with a reading-back of identity and keys,
 * as one script. Refuses with CARD_KEY_MISMATCH or CARD_EXCHANGED if the card is not what was written.
 */
export const writeCertificates = async (
  ports: IssuancePorts,
  ledger: Ledger,
  card: OpenCard,
  layout: Layout,
  objects: CardObjects,
  certificates: readonly SlotCertificate[],
): Promise<void> => {
  const changesKey = layout.administrationKey === 'individual'
  const pending = changesKey ? await intendAdministrationKey(ledger, card) : null
  const value = pending ? await (await ports.keys.administrationKey(pending)).valueForCard() : null
  const secrets: ScriptSecrets = {
    pin: '',
    puk: '',
    administrationKey: pending && value ? { algorithm: pending.algorithm, value } : null,
  }
  const all = { ...objects, ...certificateObjects(certificates) }
  const securityObject = layout.objects.find(o => o.object === 'security-object' && objects['security-object'])
  const steps: PlanStep[] = [
    ...certificates.map(({ slot }): PlanStep => ({ name: 'write-certificate', slot })),
    ...(securityObject ? [{ name: 'write-object', ...securityObject } as const] : []),
    ...(changesKey ? [{ name: 'set-administration-key' } as const] : []),
  ]
  const checks = keyChecks(layout, card, ledger)
  // Le of all there is: a card with extended length answers at once instead of in five parts; others are asked for 256.
  const readChuid = getDataIfPresent(PIV_OBJECTS.chuid.tag)
  const identity = { ...readChuid, apdu: { ...readChuid.apdu, le: 65_536 }, progress: 'check-card' }
  const commands: readonly CardCommand<unknown>[] = [
    ...checks,
    ...steps.flatMap(s => compileStep(s, card.facts, secrets, all)),
    identity,
  ]
  const { results, stop } = await card.session.tryRun(...commands)
  value?.fill(0)
  const answers: readonly unknown[] = results
  if (isSet(answers)) await ledger.save({}, { administrationKey: pending, pendingAdministrationKey: null })
  if (stop) throw stop.error

  const mismatch = answers.slice(0, checks.length).find(slot => slot !== undefined)
  if (mismatch) throw new RefusalError(refuse('CARD_KEY_MISMATCH', { slot: String(mismatch) }))
  const chuid = answers.at(-1) as Uint8Array | undefined
  const guid = chuid && formatUuid(decodeChuid(chuid).guid)
  if (guid !== ledger.issuance.cardUuid)
    throw new RefusalError(refuse('CARD_EXCHANGED', { expected: ledger.issuance.serial }))
}
