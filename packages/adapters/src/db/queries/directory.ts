import type { KnownGroup, KnownUser } from '@cardwright/core'
import { sql } from 'kysely'
import { userOf } from '../rows/users.ts'
import type { Db } from '../schema/index.ts'
import { isUuid } from '../transaction/known-ids.ts'

/** All users, with what a sync must know of each. */
export const knownUsers = async (db: Db): Promise<KnownUser[]> => {
  const rows = await db
    .selectFrom('users')
    .leftJoin('directory_users', 'directory_users.user_id', 'users.id')
    .selectAll('users')
    .select(['directory_users.directory_id', 'directory_users.dn', 'directory_users.disabled_version'])
    .select(
      sql<string[]>`(select coalesce(jsonb_agg(m.group_id order by m.group_id), '[]') from memberships m
        where m.user_id = users.id)`.as('group_ids'),
    )
    .execute()
  return rows.map(row => {
    const { role, cardholderUuid: _, createdAt: __, ...user } = userOf(row, row.group_ids)
    return {
      ...user,
      directoryId: row.directory_id,
      directoryDn: row.dn,
      isAdministrator: role === 'ADMINISTRATOR',
      disabledBySync: row.disabled_version === row.version,
    }
  })
}

export const knownGroups = async (db: Db): Promise<KnownGroup[]> =>
  db
    .selectFrom('groups')
    .leftJoin('directory_groups', 'directory_groups.group_id', 'groups.id')
    .select(['groups.id', 'groups.name', 'directory_groups.directory_id as directoryId'])
    .execute()

/** The id in the directory that this user was imported from; null = made here. */
export const directoryIdOf = async (db: Db, userId: string): Promise<string | null> => {
  if (!isUuid(userId)) return null
  const row = await db
    .selectFrom('directory_users')
    .select('directory_id')
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row?.directory_id ?? null
}

/** What a message to the directory is about: whose certificate, and whether it is a good one now. */
export const publishable = async (
  db: Db,
  { userId, credentialId }: { readonly userId: string; readonly credentialId: string },
): Promise<{ readonly directoryId: string; readonly certificate: Uint8Array; readonly valid: boolean } | null> => {
  const row = await db
    .selectFrom('credentials')
    .innerJoin('devices', 'devices.id', 'credentials.device_id')
    .innerJoin('directory_users', join => join.on('directory_users.user_id', '=', userId))
    .select(['credentials.certificate', 'credentials.state', 'devices.state as device', 'directory_users.directory_id'])
    .select('devices.user_id')
    .where('credentials.id', '=', credentialId)
    .executeTakeFirst()
  if (!row) return null
  const valid = row.state === 'ISSUED' && row.device === 'ISSUED' && row.user_id === userId
  return { directoryId: row.directory_id, certificate: row.certificate, valid }
}
