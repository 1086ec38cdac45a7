import { type Device, refuse } from '@cardwright/core'
import { type By, factOf, refuseWrite, type Written, write } from '../administration/written.ts'
import { newId } from '../new-id.ts'
import type { Db } from '../schema/index.ts'
import { devicePort, endInitialPasswords } from '../transaction/devices.ts'
import type { Database, Scope } from '../unit-of-work.ts'
import { time, timeValue } from '../values.ts'

export type StoredInitialPassword = {
  readonly id: string
  readonly deviceId: string
  readonly hash: string
  readonly expiresAt: number
  readonly usedAt: number | null
  /** Another took its place, or its device is no longer blank and bound to this user. */
  readonly ended: boolean
}

/**
 * A new password for a device that is bound and blank; the one before ends. `selector` and `hash` of the password, which
 * is not seen here. `alsoIn` runs in the same transaction, for what delivers it.
 */
export const createInitialPassword = (
  database: Database,
  input: {
    readonly deviceId: string
    readonly selector: string
    readonly hash: string
    readonly expiresAt: number
    readonly delivery: string
  },
  by: By,
  alsoIn: (scope: Scope, device: Device) => Promise<void> = async () => {},
): Promise<Written<Device>> =>
  write(database, async scope => {
    const { trx, audit } = scope
    const device = (await devicePort(trx).get(input.deviceId)) ?? refuseWrite(refuse('NOT_FOUND'))
    const { state, reason, userId } = device
    if (state !== 'ASSIGNED' || userId === null) return refuseWrite(refuse('WRONG_STATE', { state, reason }))
    // Held until the end: nobody unbinds it meanwhile.
    await trx.selectFrom('devices').select('id').where('id', '=', device.id).forUpdate().execute()
    await endInitialPasswords(trx, device.id)
    await trx
      .insertInto('initial_passwords')
      .values({
        id: newId(by.at),
        user_id: userId,
        device_id: device.id,
        selector: input.selector,
        hash: input.hash,
        created_at: time(by.at),
        expires_at: time(input.expiresAt),
        used_at: null,
      })
      .execute()
    await alsoIn(scope, device)
    const object = { type: 'device', id: device.id, label: device.serial }
    const fact = factOf(by, 'initial-password.created', object, { delivery: input.delivery })
    audit({ ...fact, userId, deviceId: device.id })
    return device
  })

/** The newest of a user's passwords that begins so, used and ended ones too. */
export const findInitialPassword = async (
  db: Db,
  userId: string,
  selector: string,
): Promise<StoredInitialPassword | null> => {
  const row = await db
    .selectFrom('initial_passwords as p')
    .innerJoin('devices as d', 'd.id', 'p.device_id')
    .selectAll('p')
    .select(['d.state', 'd.user_id as holder'])
    .where('p.user_id', '=', userId)
    .where('p.selector', '=', selector)
    .orderBy('p.created_at', 'desc')
    .orderBy('p.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  return {
    id: row.id,
    deviceId: row.device_id,
    hash: row.hash,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
    ended: row.ended || row.state !== 'ASSIGNED' || row.holder !== userId,
  }
}

/** U-11: true once. Of two at once one gets it; not after its end, nor when its device is no longer bound and blank. */
export const spendInitialPassword = async (db: Db, id: string, now: number): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('initial_passwords as p')
    .set({ used_at: time(now) })
    .where('p.id', '=', id)
    .where('p.used_at', 'is', null)
    .where('p.ended', '=', false)
    .where('p.expires_at', '>', timeValue(now))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('devices as d')
          .select('d.id')
          .whereRef('d.id', '=', 'p.device_id')
          .whereRef('d.user_id', '=', 'p.user_id')
          .where('d.state', '=', 'ASSIGNED'),
      ),
    )
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Of passwords that count or were used; newest first. */
export const initialPasswordsOf = async (db: Db, userId: string) => {
  const rows = await db
    .selectFrom('initial_passwords as p')
    .innerJoin('devices as d', 'd.id', 'p.device_id')
    .select(['p.device_id', 'd.serial', 'p.created_at', 'p.expires_at', 'p.used_at'])
    .where('p.user_id', '=', userId)
    .where(({ or, eb }) => or([eb('p.ended', '=', false), eb('p.used_at', 'is not', null)]))
    .orderBy('p.created_at', 'desc')
    .limit(20)
    .execute()
  return rows.map(row => ({
    deviceId: row.device_id,
    serial: row.serial,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
  }))
}

/** U-4, U-5: whether a device was ever issued to this user. In doubt (produced, activated, recycled since) not. */
export const hadDevice = async (db: Db, userId: string): Promise<boolean> => {
  const issued = await db
    .selectFrom('issuances')
    .select('id')
    .where('user_id', '=', userId)
    .where('kind', '=', 'ISSUE')
    .where('state', '=', 'COMPLETED')
    .limit(1)
    .executeTakeFirst()
  if (issued) return true
  const activated = await db
    .selectFrom('devices')
    .select('id')
    .where('user_id', '=', userId)
    .where('issued_at', 'is not', null)
    .where('state', 'in', ['ISSUED', 'INVALID'])
    .limit(1)
    .executeTakeFirst()
  return activated !== undefined
}
