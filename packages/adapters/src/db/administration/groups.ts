import { type Assigned, type Group, type IssuanceType, refuse } from '@cardwright/core'
import { newId } from '../new-id.ts'
import { assignmentsOf } from '../rows/users.ts'
import type { DbTransaction } from '../schema/index.ts'
import { isUuid } from '../transaction/known-ids.ts'
import type { Database } from '../unit-of-work.ts'
import { type By, factOf, refuseWrite, type Written, whyNotChanged, write } from './written.ts'

export type GroupWrite = Pick<Group, 'name' | 'description' | 'assignments' | 'layouts'>

const objectOf = (group: Group) => ({ type: 'group', id: group.id, label: group.name })

const rowsOf = (group_id: string, assigned: Assigned) =>
  (Object.keys(assigned) as IssuanceType[]).flatMap(issuance_type =>
    [...new Set(assigned[issuance_type])].map((id, position) => ({ id, row: { group_id, issuance_type, position } })),
  )

const putAssignments = async (trx: DbTransaction, { id, assignments, layouts }: Group) => {
  await trx.deleteFrom('assignments').where('group_id', '=', id).execute()
  const policyRows = rowsOf(id, assignments).map(({ id: policy_id, row }) => ({ ...row, policy_id }))
  if (policyRows.length > 0) await trx.insertInto('assignments').values(policyRows).execute()
  await trx.deleteFrom('layout_assignments').where('group_id', '=', id).execute()
  const layoutRows = rowsOf(id, layouts).map(({ id: layout_id, row }) => ({ ...row, layout_id }))
  if (layoutRows.length > 0) await trx.insertInto('layout_assignments').values(layoutRows).execute()
}

const counts = ({ assignments, layouts }: Group): Record<string, number> =>
  Object.fromEntries([
    ...Object.entries(assignments).map(([type, ids]) => [`policies.${type}`, ids.length]),
    ...Object.entries(layouts).map(([type, ids]) => [`layouts.${type}`, ids.length]),
  ])

export const createGroup = (
  database: Database,
  input: GroupWrite,
  by: By,
  given: { readonly id?: string } = {},
): Promise<Written<Group>> =>
  write(database, async ({ trx, audit }) => {
    const group: Group = { id: given.id ?? newId(by.at), version: 1, ...input }
    const { assignments: _policies, layouts: _layouts, ...row } = group
    await trx.insertInto('groups').values(row).execute()
    await putAssignments(trx, group)
    audit(factOf(by, 'group.created', objectOf(group), counts(group)))
    return group
  })

const layoutsOf = async (trx: DbTransaction, groupId: string): Promise<Assigned> =>
  assignmentsOf(
    await trx
      .selectFrom('layout_assignments')
      .select(['issuance_type', 'layout_id as id'])
      .where('group_id', '=', groupId)
      .orderBy('position')
      .execute(),
  )

export type GroupChange = Omit<GroupWrite, 'layouts'> & {
  readonly version: number
  /** Absent: they stay, for clients of releases that know of none. */
  readonly layouts?: GroupWrite['layouts']
}

export const updateGroup = (
  database: Database,
  id: string,
  { version, name, description, assignments, layouts }: GroupChange,
  by: By,
): Promise<Written<Group>> =>
  write(database, async ({ trx, audit }) => {
    if (!isUuid(id)) refuseWrite(refuse('NOT_FOUND'))
    const row = await trx
      .updateTable('groups')
      .set({ name, description, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version)
      .returningAll()
      .executeTakeFirst()
    if (!row) return refuseWrite(await whyNotChanged(trx, 'groups', id))
    const group: Group = { ...row, assignments, layouts: layouts ?? (await layoutsOf(trx, id)) }
    await putAssignments(trx, group)
    audit(factOf(by, 'group.changed', objectOf(group), counts(group)))
    return group
  })
