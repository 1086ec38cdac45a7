import type { IssuanceOptions, Permission, routes } from '@cardwright/contract'
import {
  type CardFacts,
  type DevicePolicy,
  dryRunOn,
  fillText,
  findDevice,
  type Group,
  type IssuanceType,
  mayBeIssued,
  type Refusal,
  RefusalError,
  refusalTexts,
  refuse,
  type SecuritySettings,
  type Store,
  type User,
} from '@cardwright/core'
import type { z } from 'zod'
import type { Reach } from '../relay/reach.ts'
import { planStepView } from './plan-view.ts'

export type IssuanceOptionsPort = (request: {
  readonly reach: Reach
  readonly userId: string
  readonly readerId: string
  readonly type: IssuanceType
  readonly permissions: ReadonlySet<Permission>
}) => Promise<IssuanceOptions>

type Action = z.output<typeof routes.issuanceOptions.answer>['actions'][number]

/** I-2, I-3: what can be issued to this user on the card in this reader, with reasons for what cannot. */
export const createIssuanceOptions =
  (store: Store): IssuanceOptionsPort =>
  async ({ reach, userId, readerId, type, permissions }) => {
    const reader = (await reach.readers()).find(r => r.id === readerId)
    if (!reader) throw new RefusalError(refuse('READER_LOST'))
    const facts = reader.card?.state === 'read' ? reader.card.facts : null
    const known = await load(store, userId, type, facts)
    const { settings, user } = known
    const blocked = cardProblem(facts, known, reader.card?.state === 'unusable')
    const policies = facts === null ? [] : known.policies.map(policy => option(policy, facts, user))
    return {
      actions: actions(permissions, blocked),
      policies: settings.showUnfitPolicies ? policies : policies.filter(p => p.fits),
      pin: { displayMode: settings.pinDisplayMode, changeDuringIssuance: settings.changePinDuringIssuance },
    }
  }

type Known = {
  readonly user: User
  readonly policies: readonly DevicePolicy[]
  readonly settings: SecuritySettings
  readonly mayIssue: ReturnType<typeof mayBeIssued> | null
}

const load = (store: Store, userId: string, type: IssuanceType, facts: CardFacts | null): Promise<Known> =>
  store.transaction(async tx => {
    const user = await tx.users.get(userId)
    if (!user) throw new RefusalError(refuse('NOT_FOUND'))
    const groups: readonly Group[] = await tx.groups.ofUser(userId)
    const ids = [...new Set(groups.flatMap(g => g.assignments[type] ?? []))]
    const policies = (await tx.policies.newest(ids)).filter(p => !p.retired)
    const device = facts && (await findDevice(tx, facts))
    const owner = device?.userId ? await tx.users.get(device.userId) : null
    const mayIssue = device ? mayBeIssued(device, userId, owner?.displayName ?? null) : null
    return { user, policies, settings: await tx.settings.security(), mayIssue }
  })

const textOf = ({ code, params }: Refusal): { code: string; text: string } => {
  const { what, advice } = refusalTexts[code]
  return { code, text: `${fillText(what, params)} ${fillText(advice, params)}` }
}

const cardProblem = (facts: CardFacts | null, { user, mayIssue }: Known, unusable: boolean): Refusal | null => {
  if (user.status !== 'ACTIVE') return refuse('USER_DISABLED')
  if (facts === null) return refuse(unusable ? 'CARD_UNKNOWN' : 'CARD_ABSENT')
  return mayIssue !== null && !mayIssue.ok ? mayIssue : null
}

const actions = (permissions: ReadonlySet<Permission>, blocked: Refusal | null): Action[] => {
  const needs = { ISSUE: 'device.issue', ASSIGN: 'device.assign', PRODUCE: 'device.issue' } as const
  return (['ISSUE', 'ASSIGN', 'PRODUCE'] as const).map(action => {
    const permission = needs[action]
    if (!permissions.has(permission)) {
      return { action, allowed: false, reason: textOf(refuse('NOT_PERMITTED', { permission })).text }
    }
    return blocked ? { action, allowed: false, reason: textOf(blocked).text } : { action, allowed: true }
  })
}

const option = (policy: DevicePolicy, facts: CardFacts, user: User): IssuanceOptions['policies'][number] => {
  const run = dryRunOn(policy.content, facts, user)
  return {
    id: policy.id,
    version: policy.version,
    name: policy.content.name,
    description: policy.content.description,
    fits: run.reasons.length === 0,
    reasons: run.reasons.map(textOf),
    contents: run.steps.filter(s => s.name === 'generate-key' || s.name === 'write-object').map(planStepView),
    pinRules: { ...policy.content.pin.rules },
  }
}
