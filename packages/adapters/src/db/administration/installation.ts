import type { Db } from '../schema/index.ts'
import { json } from '../values.ts'

/** Facts about this installation: `organisation` (a name), `demo`, and whatever else is said once. Undefined if unsaid. */
export const installationFact = async (db: Db, key: string): Promise<unknown> => {
  const row = await db.selectFrom('installation').select('value').where('key', '=', key).executeTakeFirst()
  return row?.value
}

export const setInstallationFact = async (db: Db, key: string, value: unknown): Promise<void> => {
  await db
    .insertInto('installation')
    .values({ key, value: json(value) })
    .onConflict(c => c.column('key').doUpdateSet({ value: json(value) }))
    .execute()
}

/** True for the one caller who was first: two servers that start at once make one demo. */
export const claimInstallationFact = async (db: Db, key: string, value: unknown): Promise<boolean> => {
  const row = await db
    .insertInto('installation')
    .values({ key, value: json(value) })
    .onConflict(c => c.doNothing())
    .returning('key')
    .executeTakeFirst()
  return row !== undefined
}
