import { planDelivery } from '../delivery/delivery.ts'
import { transition } from '../device/device-states.ts'
import { accept, type Outcome, type Refusal, RefusalError, refuse } from '../outcome/refusal.ts'
import type { IssuanceType } from '../people/user.ts'
import { generatePin, generatePuk } from '../pin/generate-pin.ts'
import { resolveLayout } from '../policy/layout.ts'
import type { Transaction } from '../ports/store.ts'
import { temporaryDays } from '../replacement/temporary-days.ts'
import { claimRequest } from '../request/claim-request.flow.ts'
import { followIssuance } from '../request/follow-issuance.flow.ts'
import type { SecuritySettings } from '../settings/security-settings.ts'
import type { CardFacts } from './card-facts.ts'
import { checkInitialPin, mayBeIssued, newDevice } from './claim.ts'
import { refusalOf } from './failure.ts'
import { randomUuid } from './identity-of-card.ts'
import type { Issuance } from './issuance.ts'
import type { IssuancePorts } from './issuance-ports.ts'
import { issueDevice } from './issue-device.flow.ts'
import { createLedger, type Ledger } from './ledger.flow.ts'
import { type OpenCard, openCard } from './open-card.flow.ts'
import { planIssuance } from './plan-issuance.ts'
import { findDevice, identityFromCardUuid } from './recognise-card.flow.ts'
import { sealSecret } from './secrets.flow.ts'

export type StartIssuance = {
  readonly kind: 'ISSUE' | 'PRODUCE'
  readonly type: IssuanceType
  readonly userId: string
  readonly readerId: string
  readonly insertion: string
  readonly policyId: string
  /** The version that the operator saw; another one since then is a VERSION_CONFLICT. */
  readonly policyVersion?: number
  readonly pin?: string
  /** The approved request that this executes; without, it is found where one is needed (claim-request.flow.ts). */
  readonly requestId?: string
  /** The user issues to themselves (REQUIREMENTS §3): the PIN is never entered here, and binding may be an operator's. */
  readonly self?: {
    readonly mayBind: boolean
    readonly changePin: boolean
    /** U-11: the device that the login was made for, if it was for one; another one of the same user needs its own. */
    readonly onlyDeviceId?: string | null
  }
  readonly startedBy: Issuance['startedBy']
}

/** What the caller can answer with at once, and the rest of the issuance as it goes on. */
export type Started = { readonly issuance: Issuance; readonly finished: Promise<Issuance> }

const DAY = 86_400_000
const untouched = { touched: false, keys: [], puk: 'none', pukTries: 0 } as const

const insist = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new RefusalError(outcome)
  return outcome.value
}

/**
 * Step 1, the claim: reads the card, and in one transaction checks everything that can be refused before anything is
 * written, binds the device and opens the issuance with its PIN and PUK sealed. The unique open issuance per device
 * and the compare-and-set on the device let one of two operators win; the other is refused.
 * Then steps 2 to 5 run in `finished`, which never rejects.
 */
export const startIssuance = async (ports: IssuancePorts, input: StartIssuance): Promise<Outcome<Started>> => {
  let card: OpenCard | null = null
  let ledger: Ledger | null = null
  try {
    const wanted = await ports.store.transaction(tx => tx.policies.get(input.policyId))
    const slots = wanted?.content.slots.map(s => s.slot) ?? []
    // Asked while the card is opened: one wait less where the network is slow.
    const reader = readerOf(ports, input.readerId)
    reader.catch(() => undefined)
    card = await openCard(ports, { ...input, slots }, id => ledger?.enter(id))
    const { facts } = card
    const { readerName, virtual } = await reader
    const claimed = await ports.store.transaction(tx => claim(ports, tx, input, facts, { readerName, virtual }))
    ledger = createLedger(ports, claimed.issuance, claimed.device)
    ports.progress.report(claimed.issuance)
    return accept({ issuance: claimed.issuance, finished: issueDevice(ports, ledger, card) })
  } catch (error) {
    await card?.close().catch(() => undefined)
    const refusal: Refusal = refusalOf(error)
    if (refusal.code === 'INTERNAL') ports.unexpected(error, { issuance: '-', code: refusal.code, step: 'claim' })
    return refusal
  }
}

export const readerOf = async (
  ports: IssuancePorts,
  readerId: string,
): Promise<{ readerName: string; virtual: boolean }> => {
  const reader = await ports.gateway.reader(readerId)
  if (!reader) throw new RefusalError(refuse('READER_LOST'))
  return { readerName: reader.name, virtual: reader.virtual }
}

const pinSettings = (settings: SecuritySettings, self: StartIssuance['self']): SecuritySettings =>
  self ? { ...settings, pinDisplayMode: 'NOT_DISPLAYED', changePinDuringIssuance: self.changePin } : settings

const claim = async (
  ports: IssuancePorts,
  tx: Transaction,
  input: StartIssuance,
  facts: CardFacts,
  reader: { readonly readerName: string; readonly virtual: boolean },
) => {
  const user = await tx.users.get(input.userId)
  if (!user) throw new RefusalError(refuse('NOT_FOUND'))
  if (user.status !== 'ACTIVE') throw new RefusalError(refuse('USER_DISABLED'))
  const groups = await tx.groups.ofUser(user.id)
  const policy = await tx.policies.get(input.policyId)
  if (!policy) throw new RefusalError(refuse('NOT_FOUND'))
  if (policy.retired) throw new RefusalError(refuse('POLICY_RETIRED'))
  if (input.policyVersion !== undefined && policy.version !== input.policyVersion)
    throw new RefusalError(refuse('VERSION_CONFLICT', { by: policy.publishedBy }))
  if (!groups.some(g => g.assignments[input.type]?.includes(policy.id)))
    throw new RefusalError(refuse('POLICY_NOT_ASSIGNED'))
  const settings = pinSettings(await tx.settings.security(), input.self)
  insist(checkInitialPin(input.pin, settings, policy.content))
  const layout = insist(resolveLayout(policy.content, user, facts))

  const cardUuid = randomUuid(ports.random)
  const known = await findDevice(tx, facts)
  // A card that tells nothing is known by the GUID that is written to it before anything else.
  const identity = facts.identity ?? identityFromCardUuid(cardUuid)
  const device = known ?? newDevice(ports.newId(), { ...facts, identity }, reader.virtual)
  const open = known && (await tx.issuances.openOfDevice(known.id))
  if (open && open.state !== 'FAILED')
    throw new RefusalError(refuse('IN_PROGRESS_ELSEWHERE', { by: open.startedBy.label }))
  if (open?.kind === 'RECYCLE') throw new RefusalError(refuse('CARD_NEEDS_RECYCLING'))
  const owner = device.userId ? await tx.users.get(device.userId) : null
  insist(mayBeIssued(device, user.id, owner?.displayName ?? null))
  // U-3: a device that nobody has bound is taken only where users may bind.
  if (input.self && !input.self.mayBind && device.state !== 'ASSIGNED')
    throw new RefusalError(refuse('CARD_NOT_ASSIGNED'))
  const only = input.self?.onlyDeviceId
  if (only && device.id !== only)
    throw new RefusalError(refuse('CARD_EXCHANGED', { expected: (await tx.devices.get(only))?.serial ?? '…' }))
  // The plan is made here only to refuse a card that is not blank before anything is bound to it.
  insist(planIssuance(layout, facts, untouched, { holderPin: false }))

  const request = await claimRequest(tx, {
    requestId: input.requestId ?? null,
    type: input.type,
    userId: user.id,
    policy,
    device,
    self: input.self !== undefined,
    by: input.startedBy,
  })
  // N-2: asked here once. What is saved later is for later issuances.
  const options = await tx.settings.options()
  const temporary = request?.replacement?.kind === 'TEMPORARY'
  const days = temporary ? temporaryDays(policy, options) : policy.content.validityDays

  const started = insist(transition(device, 'start-production', { userId: user.id }))
  const saved = await tx.devices.save({
    ...started,
    model: facts.model,
    serial: facts.serial,
    temporary,
    requestId: request?.id ?? null,
  })
  const now = ports.clock()
  const issuance = await tx.issuances.save({
    id: ports.newId(),
    version: 0,
    kind: input.kind,
    type: input.type,
    requestId: request?.id ?? null,
    replaces: request?.replacement?.reason ?? null,
    state: 'RUNNING',
    attempt: 1,
    userId: user.id,
    deviceId: device.id,
    serial: device.serial,
    readerId: input.readerId,
    readerName: reader.readerName,
    policyId: policy.id,
    policyVersion: policy.version,
    pinMode: settings.pinDisplayMode,
    changePin: settings.changePinDuringIssuance,
    delivery: planDelivery(options, {
      pinIsGenerated: input.pin === undefined,
      changePin: settings.changePinDuringIssuance,
    }),
    cardUuid,
    credentialNumber: new DataView(ports.random(4).slice().buffer).getUint32(0) % 1_000_000,
    expiresAt: now + days * DAY,
    cardTouched: false,
    keys: [],
    intents: [],
    pukTries: 0,
    steps: [
      { name: 'claim', params: {}, state: 'DONE' },
      { name: 'read-card', params: {}, state: 'DONE' },
    ],
    notes: [],
    error: null,
    lease: { owner: ports.owner, until: now + ports.leaseMs },
    roundTrips: 0,
    startedBy: input.startedBy,
    startedAt: now,
    endedAt: null,
  })
  if (!saved || !issuance) throw new RefusalError(refuse('IN_PROGRESS_ELSEWHERE', { by: owner?.displayName ?? '…' }))
  await followIssuance(tx, issuance, 'execute', { by: input.startedBy, at: now })
  const pin = input.pin ?? generatePin(policy.content.pin.rules, Number(options.CardsPINLength), ports.random)
  const about = { deviceId: device.id, stage: 'PENDING', issuanceId: issuance.id } as const
  await tx.secrets.put(await sealSecret(ports.keys, { ...about, kind: 'PIN' }, pin))
  await tx.secrets.put(await sealSecret(ports.keys, { ...about, kind: 'PUK' }, generatePuk(ports.random)))
  await tx.audit({
    at: now,
    actor: input.startedBy,
    action: 'issuance.started',
    object: { type: 'device', id: saved.id, label: saved.serial },
    userId: user.id,
    deviceId: saved.id,
    result: 'SUCCESS',
    reason: issuance.replaces,
    details: {
      issuance: issuance.id,
      policy: policy.content.name,
      policyVersion: policy.version,
      reader: reader.readerName,
      kind: input.kind,
      temporary,
      ...(request ? { request: request.id } : {}),
    },
  })
  return { issuance, device: saved }
}
