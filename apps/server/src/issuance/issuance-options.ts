import { type IssuanceOptions, type Permission, permissionText, type routes } from '@cardwright/contract'
import {
  type Actor,
  type CardFacts,
  checkOneActive,
  claimRequest,
  type Device,
  type DevicePolicy,
  type DeviceRequest,
  dryRunOn,
  findDevice,
  type IssuanceType,
  issuanceTypeOf,
  mayBeIssued,
  newDevice,
  type Options,
  planDelivery,
  type Refusal,
  RefusalError,
  refuse,
  type SecuritySettings,
  type Store,
  type Transaction,
  type User,
} from '@cardwright/core'
import type { z } from 'zod'
import type { Reach } from '../relay/reach.ts'
import { refusalIn, why } from '../requests/why.ts'
import { planStepView } from './plan-view.ts'

export type IssuanceOptionsPort = (request: {
  readonly reach: Reach
  readonly userId: string
  readonly readerId: string
  readonly type: IssuanceType
  readonly requestId?: string | undefined
  readonly by: Actor
  readonly permissions: ReadonlySet<Permission>
}) => Promise<IssuanceOptions>

type Action = z.output<typeof routes.issuanceOptions.answer>['actions'][number]

/** I-2, I-3: what can be issued to this user on the card in this reader, with reasons for what cannot. */
export const createIssuanceOptions =
  (store: Store): IssuanceOptionsPort =>
  async ({ reach, readerId, permissions, ...wanted }) => {
    const reader = (await reach.readers()).find(r => r.id === readerId)
    if (!reader) throw new RefusalError(refuse('READER_LOST'))
    const facts = reader.card?.state === 'read' ? reader.card.facts : null
    const known = await store.transaction(tx => load(tx, wanted, facts))
    const { settings, user } = known
    const card = cardProblem(facts, known, reader.card?.state === 'unusable')
    const policies = facts === null ? [] : known.policies.map(claimed => option(claimed, facts, user))
    return {
      actions: actions(permissions, { card, issue: card ?? known.blocked }),
      policies: settings.showUnfitPolicies ? policies : policies.filter(p => p.fits),
      needsApproval: known.options.CardsRequestApproval,
      pin: pinOf(known),
    }
  }

/** What the operator is told of the PIN before the issuance begins; the claim decides by the same rule (N-4). */
const pinOf = ({ settings, options }: Known): IssuanceOptions['pin'] => {
  const { pinDisplayMode: displayMode, changePinDuringIssuance: changePin } = settings
  const delivery = planDelivery(options, { pinIsGenerated: displayMode === 'NOT_DISPLAYED', changePin })
  return { displayMode, changeDuringIssuance: changePin, delivery }
}

type Wanted = Pick<Parameters<IssuanceOptionsPort>[0], 'userId' | 'type' | 'requestId' | 'by'>

/** A policy and what core's claim would say of it and the request. */
type Claimed = { readonly policy: DevicePolicy; readonly type: IssuanceType; readonly refusal: Refusal | null }

type Known = {
  readonly user: User
  readonly policies: readonly Claimed[]
  readonly settings: SecuritySettings
  readonly options: Options
  readonly mayIssue: ReturnType<typeof mayBeIssued> | null
  /** What is in the way of any issuance, whatever the policy. */
  readonly blocked: Refusal | null
}

/** What the refusals of a claim are about that another policy would not bring. */
const isOfPolicy = ({ code }: Refusal): boolean => code === 'APPROVAL_NEEDED' || code.startsWith('POLICY_')

const load = async (tx: Transaction, wanted: Wanted, facts: CardFacts | null): Promise<Known> => {
  const { userId, by } = wanted
  const user = await tx.users.get(userId)
  if (!user) throw new RefusalError(refuse('NOT_FOUND'))
  const request = wanted.requestId ? await tx.requests.get(wanted.requestId) : null
  if (wanted.requestId && !request) throw new RefusalError(refuse('NOT_FOUND'))
  const type = request ? typeOfRequest(request) : wanted.type
  const groups = await tx.groups.ofUser(userId)
  const ids = [...new Set(groups.flatMap(g => g.assignments[type] ?? []))]
  const policies = (await tx.policies.newest(ids)).filter(
    p => !p.retired && (!request?.policyId || request.policyId === p.id),
  )
  const found = facts && (await findDevice(tx, facts))
  const owner = found?.userId ? await tx.users.get(found.userId) : null
  // A card that was never seen is nobody's: it has an id that nothing names.
  const device: Device | null = found ?? (facts && newDevice('', { ...facts, identity: '' }, false))
  const claimed: Claimed[] = []
  for (const policy of device ? policies : []) {
    const claim = { requestId: request?.id ?? null, type, userId, policy, device: device as Device, self: false, by }
    claimed.push({ policy, type, refusal: await refusalIn(() => claimRequest(tx, claim)) })
  }
  const one = type === 'INITIAL' && device ? await refusalIn(() => checkOneActive(tx, { userId, device })) : null
  return {
    user,
    policies: claimed,
    settings: await tx.settings.security(),
    options: await tx.settings.options(),
    mayIssue: found ? mayBeIssued(found, userId, owner?.displayName ?? null) : null,
    blocked: one ?? claimed.flatMap(c => (c.refusal && !isOfPolicy(c.refusal) ? [c.refusal] : []))[0] ?? null,
  }
}

export const typeOfRequest = ({ replacement }: Pick<DeviceRequest, 'replacement'>): IssuanceType =>
  replacement ? issuanceTypeOf[replacement.kind] : 'INITIAL'

const cardProblem = (facts: CardFacts | null, { user, mayIssue }: Known, unusable: boolean): Refusal | null => {
  if (user.status !== 'ACTIVE') return refuse('USER_DISABLED')
  if (facts === null) return refuse(unusable ? 'CARD_UNKNOWN' : 'CARD_ABSENT')
  return mayIssue !== null && !mayIssue.ok ? mayIssue : null
}

/** A device is bound for whatever is to come; what stands in the way of an issuance now does not matter to that. */
const actions = (
  permissions: ReadonlySet<Permission>,
  blocked: { readonly card: Refusal | null; readonly issue: Refusal | null },
): Action[] => {
  const needs = { ISSUE: 'device.issue', ASSIGN: 'device.assign', PRODUCE: 'device.issue' } as const
  return (['ISSUE', 'ASSIGN', 'PRODUCE'] as const).map(action => {
    const permission = needs[action]
    const refusal = permissions.has(permission)
      ? blocked[action === 'ASSIGN' ? 'card' : 'issue']
      : refuse('NOT_PERMITTED', { permission: permissionText(permission) })
    return refusal ? { action, allowed: false, reason: why(refusal).text } : { action, allowed: true }
  })
}

const option = (
  { policy, type, refusal }: Claimed,
  facts: CardFacts,
  user: User,
): IssuanceOptions['policies'][number] => {
  const run = dryRunOn(policy.content, facts, user)
  const unfit = refusal?.code.startsWith('POLICY_') ? [...run.reasons, refusal] : run.reasons
  const validated = type === 'INITIAL' && policy.content.approval === 'REQUIRED'
  const open = refusal?.code === 'APPROVAL_NEEDED' || refusal?.code === 'REQUEST_WRONG_STATE'
  return {
    id: policy.id,
    version: policy.version,
    name: policy.content.name,
    description: policy.content.description,
    fits: unfit.length === 0,
    approval: validated ? (open ? 'NEEDED' : 'GIVEN') : null,
    reasons: unfit.map(why),
    contents: run.steps.filter(s => s.name === 'generate-key' || s.name === 'write-object').map(planStepView),
    pinRules: { ...policy.content.pin.rules },
  }
}
