import type { RequestView } from '@cardwright/contract'
import { type Selectable, sql } from 'kysely'
import type { Tables } from '../schema/index.ts'
import { time, timeOrNull } from '../values.ts'
import { type GroupScope, ownerInScope } from './scope.ts'

type NamedDevice = NonNullable<RequestView['device']>

export type FoundRequest = Selectable<Tables['requests']> & {
  readonly user_name: string
  readonly device: NamedDevice | null
  readonly new_device: NamedDevice | null
  readonly policy_name: string | null
}

/** Not one that is somebody's out of scope by now: a recycled card's next life is no affair of its first holder's desk. */
const deviceNamed = (scope: GroupScope, id: 'requests.device_id' | 'requests.new_device_id') =>
  sql<NamedDevice | null>`(select jsonb_build_object('id', d.id, 'serial', d.serial, 'model', d.model, 'form', d.form,
    'state', d.state, 'reason', d.reason, 'temporary', d.temporary) from devices d
    where d.id = ${sql.ref(id)} and ${ownerInScope(scope, sql.ref('d.user_id'))})`

/** What a request's view needs besides its row; of `requests` joined with `users`. */
export const requestNames = (scope: GroupScope) => [
  sql.ref<string>('users.display_name').as('user_name'),
  deviceNamed(scope, 'requests.device_id').as('device'),
  deviceNamed(scope, 'requests.new_device_id').as('new_device'),
  sql<string | null>`(select v.content->>'name' from device_policies p join device_policy_versions v
    on v.policy_id = p.id and v.version = p.newest_version where p.id = requests.policy_id)`.as('policy_name'),
]

export const requestView = (row: FoundRequest): Omit<RequestView, 'actions'> => ({
  id: row.id,
  version: row.version,
  type: row.type,
  state: row.state,
  user: { id: row.user_id, displayName: row.user_name },
  device: row.device,
  reason: row.reason,
  kind: row.kind,
  workflow: row.workflow,
  policy: row.policy_id === null ? null : { id: row.policy_id, name: row.policy_name ?? '' },
  newDevice: row.new_device,
  issuanceId: row.issuance_id,
  note: row.note,
  requestedBy: { ...row.requested_by },
  requestedAt: time(row.requested_at),
  decidedBy: row.decided_by?.label ?? null,
  decidedAt: timeOrNull(row.decided_at),
  decisionNote: row.decision_note,
  changedBy: row.changed_by.label,
  changedAt: time(row.changed_at),
  expiresAt: timeOrNull(row.expires_at),
  endedAt: timeOrNull(row.ended_at),
})
