import { createSession } from '@cardwright/card'
import type { Actor } from '../audit/audit-record.ts'
import { changeCredentials } from '../credential/change-credentials.flow.ts'
import { noDelivery } from '../delivery/delivery.ts'
import { mayHappen, transition } from '../device/device-states.ts'
import { closeIssuance } from '../issuance/cancel-issuance.flow.ts'
import { newDevice } from '../issuance/claim.ts'
import { failIssuance } from '../issuance/fail-issuance.flow.ts'
import { refusalOf } from '../issuance/failure.ts'
import { randomUuid } from '../issuance/identity-of-card.ts'
import type { Issuance } from '../issuance/issuance.ts'
import type { IssuancePorts } from '../issuance/issuance-ports.ts'
import { createLedger, type Ledger } from '../issuance/ledger.flow.ts'
import { type OpenCard, openCard } from '../issuance/open-card.flow.ts'
import { certificateTag } from '../issuance/plan-issuance.ts'
import { factsCommands, readFacts } from '../issuance/read-facts.ts'
import { findDevice } from '../issuance/recognise-card.flow.ts'
import type { CardPlace } from '../issuance/retry-issuance.flow.ts'
import { openSecret } from '../issuance/secrets.flow.ts'
import { readerOf, type Started } from '../issuance/start-issuance.flow.ts'
import { accept, type Outcome, RefusalError, refuse } from '../outcome/refusal.ts'
import type { Transaction } from '../ports/store.ts'
import { blankCard } from './blank-card.flow.ts'
import { planBlank } from './plan-blank.ts'

/**
 * Recycle (I-16): the card itself goes back to blank, then the device to AVAILABLE/RECYCLE. Takes over a failed
 * issuance, whose certificates end first. A card that is not known here may be recycled too; it is then known.
 * `again` = the failed recycle that is retried.
 */
export const recycleDevice = async (
  ports: IssuancePorts,
  place: CardPlace,
  by: Actor,
  again?: Pick<Issuance, 'deviceId' | 'serial'>,
): Promise<Outcome<Started>> => {
  let card: OpenCard | null = null
  let ledger: Ledger | null = null
  try {
    card = await openCard(ports, { ...place, slots: 'all' }, step => ledger?.enter(step))
    const { facts } = card
    const reader = await readerOf(ports, place.readerId)
    const claimed = await ports.store.transaction(tx => claim(ports, tx, facts, { ...place, ...reader }, by, again))
    ledger = createLedger(ports, claimed.issuance, claimed.device)
    ports.progress.report(claimed.issuance)
    return accept({ issuance: claimed.issuance, finished: run(ports, ledger, card) })
  } catch (error) {
    await card?.close().catch(() => undefined)
    const refusal = refusalOf(error)
    if (refusal.code === 'INTERNAL') ports.unexpected(error, { issuance: '-', code: refusal.code, step: 'claim' })
    return refusal
  }
}

const claim = async (
  ports: IssuancePorts,
  tx: Transaction,
  facts: OpenCard['facts'],
  reader: CardPlace & { readonly readerName: string; readonly virtual: boolean },
  by: Actor,
  again: Pick<Issuance, 'deviceId' | 'serial'> | undefined,
) => {
  if (facts.identity === null) throw new RefusalError(refuse('CARD_NOT_IDENTIFIABLE'))
  const at = ports.clock()
  const known = await findDevice(tx, facts)
  // I-13: a retry erases the card that it was asked to erase, and no other that lies in the reader now.
  if (again && known?.id !== again.deviceId)
    throw new RefusalError(refuse('CARD_EXCHANGED', { expected: again.serial }))
  let device =
    known ?? (await tx.devices.save(newDevice(ports.newId(), { ...facts, identity: facts.identity }, reader.virtual)))
  if (!device) throw new RefusalError(refuse('IN_PROGRESS_ELSEWHERE', { by: '…' }))
  const open = await tx.issuances.openOfDevice(device.id)
  if (open && open.state !== 'FAILED')
    throw new RefusalError(refuse('IN_PROGRESS_ELSEWHERE', { by: open.startedBy.label }))
  // Blank it would come out of the printer with a name on it.
  const print = await tx.printJobs.openOfDevice(device.id)
  if (print) throw new RefusalError(refuse('IN_PROGRESS_ELSEWHERE', { by: print.startedBy.label }))
  if (open) device = (await closeIssuance(tx, open, device, ports.authority.id, by, at)).device
  if (!mayHappen(device, 'recycled'))
    throw new RefusalError(refuse('WRONG_STATE', { state: device.state, reason: device.reason, event: 'recycle' }))
  // Blank it may become somebody else's, whose incidents an open request of its last holder would stand in the way of.
  if (await tx.requests.openOfTarget(device.id)) throw new RefusalError(refuse('REQUEST_OPEN_ALREADY'))
  await changeCredentials(tx, device, { event: 'revoke', reasonOf: () => 'cessationOfOperation' })
  const issuance = await tx.issuances.save({
    id: ports.newId(),
    version: 0,
    kind: 'RECYCLE',
    type: 'INITIAL',
    requestId: null,
    replaces: null,
    state: 'RUNNING',
    attempt: 1,
    userId: device.userId,
    deviceId: device.id,
    serial: device.serial,
    readerId: reader.readerId,
    readerName: reader.readerName,
    policyId: null,
    policyVersion: null,
    pinMode: 'NOT_DISPLAYED',
    changePin: false,
    delivery: noDelivery,
    cardUuid: device.cardUuid ?? randomUuid(ports.random),
    credentialNumber: 0,
    expiresAt: at,
    cardTouched: false,
    keys: [],
    intents: [],
    pukTries: 0,
    steps: [
      { name: 'read-card', params: {}, state: 'DONE' },
      { name: 'blank-card', params: {}, state: 'PENDING' },
      { name: 'check-card', params: {}, state: 'PENDING' },
      { name: 'finish', params: {}, state: 'PENDING' },
    ],
    notes: [],
    error: null,
    lease: { owner: ports.owner, until: at + ports.leaseMs },
    roundTrips: 0,
    startedBy: by,
    startedAt: at,
    endedAt: null,
  })
  if (!issuance) throw new RefusalError(refuse('IN_PROGRESS_ELSEWHERE', { by: by.label }))
  await tx.audit({
    at,
    actor: by,
    action: 'recycle.started',
    object: { type: 'device', id: device.id, label: device.serial },
    userId: device.userId,
    deviceId: device.id,
    result: 'SUCCESS',
    reason: null,
    details: { issuance: issuance.id, reader: reader.readerName, temporary: device.temporary },
  })
  return { issuance, device }
}

/** PUKs that may be on the card, from the store; the factory one needs no storing. */
const storedPuks = async (ports: IssuancePorts, deviceId: string): Promise<readonly string[]> => {
  const sealed = await ports.store.transaction(tx => tx.secrets.of(deviceId, 'PUK'))
  return Promise.all(sealed.map(s => openSecret(ports.keys, s)))
}

/** Believed only when the card itself says so: what it can tell is read again. */
const checkBlank = async (card: OpenCard): Promise<void> => {
  const session = createSession(card.link, { framing: card.session.framing })
  const { facts } = readFacts(await session.run(...factsCommands('all', card.link.atr)), card.link.atr)
  const certificates = Object.keys(facts.algorithms).map(certificateTag)
  const left = facts.occupied.filter(tag => certificates.includes(tag))
  const why =
    left.length > 0
      ? 'it still holds certificates'
      : facts.pin.isFactory === false || facts.puk.isFactory === false
        ? 'its PIN or PUK is not the factory one'
        : null
  if (why) throw new RefusalError(refuse('CARD_CANNOT_BE_BLANKED', { why }))
}

const run = async (ports: IssuancePorts, ledger: Ledger, card: OpenCard): Promise<Issuance> => {
  try {
    const puks = await storedPuks(ports, ledger.device.id)
    const plan = planBlank(card.facts, puks.length > 0)
    if (!plan.ok) throw new RefusalError(plan)
    await ledger.save({ cardTouched: true })
    await blankCard(ports, ledger, card, plan.value, [...new Set(puks)])
    ledger.enter('check-card')
    await checkBlank(card)
    ledger.enter('finish')
    const device = transition(ledger.device, 'recycled')
    if (!device.ok) throw new RefusalError(device)
    await ledger.save(
      {
        state: 'COMPLETED',
        endedAt: ports.clock(),
        roundTrips: card.link.roundTrips,
        steps: ledger.issuance.steps.map(s => ({ ...s, state: 'DONE' as const })),
      },
      {
        ...device.value,
        suspended: false,
        temporary: false,
        requestId: null,
        invalidBy: null,
        policyId: null,
        policyVersion: null,
        cardUuid: null,
        administrationKey: null,
        pendingAdministrationKey: null,
        issuedAt: null,
        expiresAt: null,
      },
      async tx => {
        await tx.secrets.wipe(ledger.device.id)
        await tx.printJobs.wipePictures(ledger.device.id, null)
        await tx.audit(ledger.fact('device.recycled', 'SUCCESS', { how: plan.value.how }))
      },
    )
  } catch (error) {
    await failIssuance(ports, ledger, error, card.link.roundTrips)
  } finally {
    await card.close().catch(() => undefined)
  }
  return ledger.issuance
}
