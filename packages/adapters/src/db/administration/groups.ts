import { type Group, type IssuanceType, refuse } from '@cardwright/core'
import { newId } from '../new-id.ts'
import type { DbTransaction } from '../schema/index.ts'
import { isUuid } from '../transaction/known-ids.ts'
import type { Database } from '../unit-of-work.ts'
import { type By, factOf, refuseWrite, type Written, whyNotChanged, write } from './written.ts'

export type GroupWrite = Pick<Group, 'name' | 'description' | 'assignments'>

const objectOf = (group: Group) => ({ type: 'group', id: group.id, label: group.name })

const putAssignments = async (trx: DbTransaction, group_id: string, assignments: Group['assignments']) => {
  await trx.deleteFrom('assignments').where('group_id', '=', group_id).execute()
  const rows = (Object.keys(assignments) as IssuanceType[]).flatMap(issuance_type =>
    [...new Set(assignments[issuance_type])].map((policy_id, position) => ({
      group_id,
      issuance_type,
      policy_id,
      position,
    })),
  )
  if (rows.length > 0) await trx.insertInto('assignments').values(rows).execute()
}

const counts = (assignments: Group['assignments']): Record<string, number> =>
  Object.fromEntries(Object.entries(assignments).map(([type, ids]) => [`policies.${type}`, ids.length]))

export const createGroup = (
  database: Database,
  input: GroupWrite,
  by: By,
  given: { readonly id?: string } = {},
): Promise<Written<Group>> =>
  write(database, async ({ trx, audit }) => {
    const group: Group = { id: given.id ?? newId(by.at), version: 1, ...input }
    const { assignments, ...row } = group
    await trx.insertInto('groups').values(row).execute()
    await putAssignments(trx, group.id, assignments)
    audit(factOf(by, 'group.created', objectOf(group), counts(assignments)))
    return group
  })

export const updateGroup = (
  database: Database,
  id: string,
  { version, name, description, assignments }: GroupWrite & { readonly version: number },
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
    await putAssignments(trx, id, assignments)
    const group: Group = { ...row, assignments }
    audit(factOf(by, 'group.changed', objectOf(group), counts(assignments)))
    return group
  })
