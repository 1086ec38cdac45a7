import { refuse } from '@cardwright/core'
import type { DbTransaction } from '../schema/index.ts'
import { userPort } from '../transaction/people.ts'
import type { Database } from '../unit-of-work.ts'
import { time } from '../values.ts'
import { type AccessOrSystem, refuseBeyondOperator } from './own-access.ts'
import { type By, factOf, refuseWrite, type Written, write } from './written.ts'

const ownerOf = async (trx: DbTransaction, userId: string, access: AccessOrSystem) => {
  const user = (await userPort(trx).get(userId)) ?? refuseWrite(refuse('NOT_FOUND'))
  await refuseBeyondOperator(trx, user, access)
  return { type: 'user', id: user.id, label: user.displayName }
}

/** `picture`: a JPEG as adapters/photo makes it. The picture is in no audit record: a person may have it removed. */
export const putPhoto = (
  database: Database,
  userId: string,
  picture: Uint8Array,
  by: By,
  access: AccessOrSystem,
): Promise<Written<{ readonly changedAt: number }>> =>
  write(database, async ({ trx, audit }) => {
    const object = await ownerOf(trx, userId, access)
    const row = { picture: Buffer.from(picture), changed_at: time(by.at) }
    await trx
      .insertInto('photos')
      .values({ user_id: userId, ...row })
      .onConflict(on => on.column('user_id').doUpdateSet(row))
      .execute()
    audit(factOf(by, 'user.photo-set', object))
    return { changedAt: by.at }
  })

export const deletePhoto = (
  database: Database,
  userId: string,
  by: By,
  access: AccessOrSystem,
): Promise<Written<null>> =>
  write(database, async ({ trx, audit }) => {
    const object = await ownerOf(trx, userId, access)
    const { numDeletedRows } = await trx.deleteFrom('photos').where('user_id', '=', userId).executeTakeFirst()
    if (numDeletedRows > 0n) audit(factOf(by, 'user.photo-removed', object))
    return null
  })
