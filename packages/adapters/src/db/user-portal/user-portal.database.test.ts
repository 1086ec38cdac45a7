import { randomUUID } from 'node:crypto'
import { type Actor, type Device, defaultUserPortalSettings, type User } from '@cardwright/core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aDevice, aTime } from '../../testing/store/samples.ts'
import { createTestDatabase, testMacs } from '../../testing/store/test-postgres.ts'
import { createUser } from '../administration/users.ts'
import { createPostgresStore } from '../postgres-store.ts'
import type { Db } from '../schema/index.ts'
import { createDatabase, type Database } from '../unit-of-work.ts'
import {
  createInitialPassword,
  findInitialPassword,
  forgetOldTries,
  getUserPortalSettings,
  hadDevice,
  initialPasswordsOf,
  putUserPortalSettings,
  spendInitialPassword,
  tryStore,
  visitStore,
} from './index.ts'

let db: Db
let database: Database
let user: User
const actor: Actor = { kind: 'operator', id: 'operator', label: 'Olga' }
const by = (at = aTime) => ({ actor, at })

beforeAll(async () => {
  db = await createTestDatabase()
  database = createDatabase(db, testMacs)
}, 60_000)
beforeEach(async () => {
  const made = await createUser(database, { loginName: randomUUID(), displayName: 'Ada', groupIds: [] }, by())
  if (!made.ok) throw new Error(made.code)
  user = made.value
})
afterAll(() => db.destroy())

const save = async (change: Partial<Device>): Promise<Device> => {
  const device = aDevice({ id: randomUUID(), identity: `serial:${randomUUID()}`, ...change })
  const saved = await createPostgresStore(database).transaction(tx => tx.devices.save(device))
  if (!saved) throw new Error('the device was not saved')
  return saved
}
const assigned = () => save({ version: 0, state: 'ASSIGNED', userId: user.id })
const password = (deviceId: string, selector = 'AB') =>
  createInitialPassword(
    database,
    { deviceId, selector, hash: `hash of ${selector}`, expiresAt: aTime + 1000, delivery: 'SHOWN' },
    by(),
  )
const found = async (selector = 'AB') => {
  const stored = await findInitialPassword(db, user.id, selector)
  if (!stored) throw new Error('no such password')
  return stored
}

describe('U-11: an initial password', () => {
  test('is spent once, and not after its end', async () => {
    await password((await assigned()).id)
    const { id, ended, usedAt } = await found()
    expect([ended, usedAt]).toEqual([false, null])
    expect(await spendInitialPassword(db, id, aTime + 1000)).toBe(false)
    const both = await Promise.all([1, 2].map(() => spendInitialPassword(db, id, aTime + 999)))
    expect(both.sort()).toEqual([false, true])
    expect((await found()).usedAt).toBe(aTime + 999)
  })

  test('ends when its device leaves the state that it is for, and does not come back with it', async () => {
    const device = await assigned()
    await password(device.id)
    const { id } = await found()
    const blank = await save({ ...device, state: 'AVAILABLE', userId: null })
    expect((await found()).ended).toBe(true)
    await save({ ...blank, state: 'ASSIGNED', userId: user.id })
    expect((await found()).ended).toBe(true)
    expect(await spendInitialPassword(db, id, aTime)).toBe(false)
    expect(await initialPasswordsOf(db, user.id)).toEqual([])
  })

  test('ends with the next one for the same device; one for another device goes on', async () => {
    const [one, other] = [await assigned(), await assigned()]
    await password(one.id, 'AB')
    await password(other.id, 'CD')
    await password(one.id, 'EF')
    expect([(await found('AB')).ended, (await found('CD')).ended, (await found('EF')).ended]).toEqual([
      true,
      false,
      false,
    ])
    expect((await initialPasswordsOf(db, user.id)).map(p => p.deviceId).sort()).toEqual([one.id, other.id].sort())
  })

  test('is refused for a device that is nobody’s or issued, and then nothing is stored', async () => {
    const blank = await save({ version: 0, state: 'AVAILABLE', userId: null })
    const issued = await save({ version: 0, state: 'ISSUED', userId: user.id })
    expect(await password(blank.id)).toMatchObject({ ok: false, code: 'WRONG_STATE' })
    expect(await password(issued.id)).toMatchObject({ ok: false, code: 'WRONG_STATE' })
    expect(await password(randomUUID())).toMatchObject({ ok: false, code: 'NOT_FOUND' })
    expect(await findInitialPassword(db, user.id, 'AB')).toBeNull()
  })

  test('is not there when what delivers it fails', async () => {
    const { id: deviceId } = await assigned()
    const row = { deviceId, selector: 'AB', hash: 'h', expiresAt: aTime + 1000, delivery: 'EMAIL' }
    const failing = createInitialPassword(database, row, by(), async () => {
      throw new Error('no mail')
    })
    await expect(failing).rejects.toThrow('no mail')
    expect(await findInitialPassword(db, user.id, 'AB')).toBeNull()
  })
})

test('U-5: a device that is only bound is none that was issued; an active one is', async () => {
  await assigned()
  expect(await hadDevice(db, user.id)).toBe(false)
  await save({ version: 0, state: 'ISSUED', userId: user.id, issuedAt: aTime })
  expect(await hadDevice(db, user.id)).toBe(true)
})

describe('U-8: tries', () => {
  const key = () => randomUUID()
  const rule = { now: aTime, limit: 3 }

  test('are let through up to the limit, side by side too, per method; then only a reset helps', async () => {
    const tries = tryStore(db)
    const k = key()
    const many = await Promise.all(Array.from({ length: 6 }, () => tries.count(k, 'LDAP_PASSWORD', rule)))
    expect(many.filter(Boolean)).toHaveLength(3)
    expect(await tries.count(k, 'SECURITY_QUESTIONS', rule)).toBe(true)
    expect([await tries.lockAt(k, 'LDAP_PASSWORD', rule), await tries.lockAt(k, 'LDAP_PASSWORD', rule)]).toEqual([
      true,
      false,
    ])
    await tries.clear(k, 'LDAP_PASSWORD')
    // A limit that is raised later unlocks nobody.
    expect(await tries.count(k, 'LDAP_PASSWORD', { ...rule, limit: 20 })).toBe(false)
    expect(await tries.locked(k, () => 20)).toEqual([{ method: 'LDAP_PASSWORD', since: aTime }])
    await tries.reset(k, 'LDAP_PASSWORD')
    expect(await tries.count(k, 'LDAP_PASSWORD', rule)).toBe(true)
  })

  test('whose server died in the middle leave a full counter, which is shown and unlocked like a lock', async () => {
    const tries = tryStore(db)
    const k = key()
    for (let n = 0; n < 3; n++) await tries.count(k, 'INITIAL_PASSWORD', rule)
    expect(await tries.locked(k, () => 3)).toEqual([{ method: 'INITIAL_PASSWORD', since: aTime }])
    await tries.uncount(k, 'INITIAL_PASSWORD')
    expect(await tries.locked(k, () => 3)).toEqual([])
    expect(await tries.count(k, 'INITIAL_PASSWORD', rule)).toBe(true)
  })

  test('of half a year ago are forgotten, locks are not', async () => {
    const tries = tryStore(db)
    const [open, locked] = [key(), key()]
    for (const k of [open, locked]) for (let n = 0; n < 2; n++) await tries.count(k, 'LDAP_PASSWORD', rule)
    await tries.count(locked, 'LDAP_PASSWORD', rule)
    await tries.lockAt(locked, 'LDAP_PASSWORD', rule)
    await forgetOldTries(db, aTime + 181 * 24 * 60 * 60_000)
    expect(await tries.locked(locked, () => 3)).toHaveLength(1)
    const again = await Promise.all([1, 2, 3].map(() => tries.count(open, 'LDAP_PASSWORD', rule)))
    expect(again).toEqual([true, true, true])
  })

  test('of one source are counted in a window that begins with its first', async () => {
    const tries = tryStore(db)
    const k = key()
    const at = (now: number) => tries.countSource(k, { now, windowMs: 1000 })
    expect([await at(aTime), await at(aTime + 999), await at(aTime + 1000)]).toEqual([
      { tries: 1, since: aTime },
      { tries: 2, since: aTime },
      { tries: 1, since: aTime + 1000 },
    ])
    await tries.uncountSource(k)
    expect((await at(aTime + 1001)).tries).toBe(1)
  })
})

test('a visit is found by its token; of two logins at once one wins, and the token before is worth nothing', async () => {
  const visits = visitStore(db)
  const hash = (byte: number) => new Uint8Array(32).fill(byte)
  const times = { createdAt: aTime, lastSeenAt: aTime, expiresAt: aTime + 1000 }
  const visit = { id: randomUUID(), userId: null, service: null, deviceId: null, ...times }
  await visits.create({ ...visit, tokenHash: hash(1) })
  const login = (byte: number) =>
    visits.logIn(hash(1), { ...visit, userId: user.id, service: 'ISSUANCE', tokenHash: hash(byte) })
  expect((await Promise.all([login(2), login(3)])).sort()).toEqual([false, true])
  expect(await visits.find(hash(1))).toBeNull()
  const [found = null] = (await Promise.all([visits.find(hash(2)), visits.find(hash(3))])).filter(v => v !== null)
  expect(found).toEqual({ ...visit, userId: user.id, service: 'ISSUANCE' })
  await visits.touch(visit.id, aTime + 500)
  await visits.removeExpired(aTime + 999, aTime + 499)
  expect(await visits.get(visit.id)).toMatchObject({ lastSeenAt: aTime + 500 })
  await visits.removeExpired(aTime + 999, aTime + 500)
  expect(await visits.get(visit.id)).toBeNull()
})

test('settings begin with the defaults; each change is a version, is audited, and of two from one version one is stored', async () => {
  expect(await getUserPortalSettings(db)).toMatchObject({ version: 1, settings: defaultUserPortalSettings })
  const change = (idleMinutes: number) =>
    putUserPortalSettings(database, { version: 1, settings: { ...defaultUserPortalSettings, idleMinutes } }, by())
  const [first, second] = [await change(20), await change(30)]
  expect([first.ok, second]).toMatchObject([true, { code: 'VERSION_CONFLICT' }])
  const { version, settings, changedBy } = await getUserPortalSettings(db)
  expect([version, settings.idleMinutes, changedBy]).toEqual([2, 20, 'Olga'])
  const audited = await db.selectFrom('audit').selectAll().where('action', '=', 'settings.changed').execute()
  expect(audited.map(row => row.details)).toEqual([{ version: 2, idleMinutes: '15 → 20' }])
})
