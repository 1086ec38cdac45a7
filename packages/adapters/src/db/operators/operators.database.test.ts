import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aTime } from '../../testing/store/samples.ts'
import { createTestDatabase, testMacs } from '../../testing/store/test-postgres.ts'
import { createUser } from '../administration/users.ts'
import type { Db } from '../schema/index.ts'
import { createDatabase } from '../unit-of-work.ts'
import { createIdempotencyStore } from './idempotency-store.ts'
import { createSignInStore } from './sign-in-store.ts'

let db: Db
let userId: string
beforeAll(async () => {
  db = await createTestDatabase()
  const written = await createUser(
    createDatabase(db, testMacs),
    { loginName: 'Ada', displayName: 'Ada', groupIds: [] },
    { actor: { kind: 'system', id: 'system:test', label: 'Test' }, at: aTime },
  )
  if (!written.ok) throw new Error('The user was not created')
  userId = written.value.id
}, 60_000)
afterAll(() => db.destroy())

const hash = (byte: number) => new Uint8Array(32).fill(byte)

test('a login name is found whatever its case', async () => {
  const { users } = createSignInStore(db)
  expect(await users.byLoginName('aDA')).toMatchObject({ id: userId })
  expect(await users.byLoginName('Ad_')).toBeNull()
})

test('a session is found by the hash of its token until it is removed or over', async () => {
  const { sessions } = createSignInStore(db)
  const session = { id: randomUUID(), userId, createdAt: aTime, lastSeenAt: aTime, expiresAt: aTime + 1000 }
  await sessions.create({ ...session, tokenHash: hash(1) })
  await sessions.create({ ...session, id: randomUUID(), tokenHash: hash(2) })
  await sessions.touch(session.id, aTime + 10)
  expect(await sessions.find(hash(1))).toEqual({ ...session, lastSeenAt: aTime + 10 })
  await sessions.remove(session.id)
  expect(await sessions.find(hash(1))).toBeNull()
  await sessions.removeExpired(aTime + 999)
  expect(await sessions.find(hash(2))).not.toBeNull()
  await sessions.removeExpired(aTime + 1000)
  expect(await sessions.find(hash(2))).toBeNull()
})

test('an invitation is used once, not after its end, and a new one ends the one before', async () => {
  const { invitations } = createSignInStore(db)
  const create = (byte: number) =>
    invitations.create({
      id: randomUUID(),
      userId,
      expiresAt: aTime + 1000,
      tokenHash: hash(byte),
      createdBy: 'Root',
      createdAt: aTime,
      role: null,
    })
  await create(3)
  await create(4)
  expect(await invitations.find(hash(3), aTime)).toBeNull()
  expect(await invitations.use(hash(4), aTime + 1000)).toBeNull()
  const both = await Promise.all([invitations.use(hash(4), aTime + 1), invitations.use(hash(4), aTime + 1)])
  expect(both.filter(i => i !== null)).toMatchObject([{ userId, expiresAt: aTime + 1000 }])
  expect(await invitations.find(hash(4), aTime + 1)).toBeNull()
})

test('a passkey ceremony is taken once and not too late', async () => {
  const { ceremonies } = createSignInStore(db)
  const ceremony = { id: randomUUID(), kind: 'sign-in', challenge: 'abc', userId: null, expiresAt: aTime + 10 } as const
  await ceremonies.start(ceremony)
  expect(await ceremonies.take(ceremony.id, aTime)).toEqual(ceremony)
  expect(await ceremonies.take(ceremony.id, aTime)).toBeNull()
  await ceremonies.start(ceremony)
  expect(await ceremonies.take(ceremony.id, aTime + 10)).toBeNull()
  expect(await ceremonies.take('not an id', aTime)).toBeNull()
})

test('passwords and passkeys come back as they were stored', async () => {
  const { passwords, passkeys } = createSignInStore(db)
  expect(await passwords.hashOf(userId)).toBeNull()
  await passwords.set(userId, '$scrypt$one', aTime)
  await passwords.set(userId, '$scrypt$two', aTime)
  expect(await passwords.hashOf(userId)).toBe('$scrypt$two')
  const passkey = { credentialId: 'c', userId, publicKey: hash(9), signCount: 1, transports: ['usb', 'nfc'] }
  await passkeys.add({ ...passkey, name: 'Key', createdAt: aTime })
  await passkeys.used('c', 4_294_967_295, aTime)
  expect(await passkeys.get('c')).toEqual({ ...passkey, signCount: 4_294_967_295 })
  expect(await passkeys.ofUser(userId)).toHaveLength(1)
})

test('three tries are looked at, the fourth locks; when the lock ends counting starts anew', async () => {
  const { attempts } = createSignInStore(db)
  const tryAt = async (now: number) => (await attempts.count('k', { now, limit: 3, lockMs: 1000 })).lockedUntil
  expect([await tryAt(aTime), await tryAt(aTime), await tryAt(aTime)]).toEqual([null, null, null])
  expect(await tryAt(aTime + 1)).toBe(aTime + 1001)
  expect(await tryAt(aTime + 1000)).toBe(aTime + 1001)
  expect(await tryAt(aTime + 1001)).toBeNull()
  await attempts.clear('k')
  expect([await tryAt(aTime), await tryAt(aTime), await tryAt(aTime)]).toEqual([null, null, null])
})

describe('an idempotency key', () => {
  const entry = (change: object = {}) => ({ key: randomUUID(), operatorId: userId, route: 'createUser', ...change })
  const begin = (what: ReturnType<typeof entry>, claim: string, now = aTime, byte = 5) =>
    createIdempotencyStore(db).begin({
      ...what,
      claim,
      requestHash: hash(byte),
      now,
      leaseUntil: now + 10,
      expiresAt: now + 100,
    })

  test('is taken once; the outcome is answered until it expires', async () => {
    const store = createIdempotencyStore(db)
    const [what, claim] = [entry(), randomUUID()]
    expect(await begin(what, claim)).toEqual({ state: 'TAKEN' })
    expect(await begin(what, randomUUID())).toEqual({ state: 'RUNNING', requestHash: hash(5) })
    await store.finish({ ...what, claim, status: 200, answer: { id: 'x', list: [1] } })
    const done = { state: 'DONE', requestHash: hash(5), status: 200, answer: { id: 'x', list: [1] } }
    expect(await begin(what, randomUUID(), aTime + 99)).toEqual(done)
    expect(await begin({ ...what, route: 'createGroup' }, randomUUID())).toEqual({ state: 'TAKEN' })
    const later = randomUUID()
    expect(await begin(what, later, aTime + 100)).toEqual({ state: 'TAKEN' })
    await store.forget({ ...what, claim: later })
    expect(await begin(what, randomUUID(), aTime + 100)).toEqual({ state: 'TAKEN' })
  })

  test('of a server that died is taken over after its lease, by the same request only', async () => {
    const what = entry()
    await begin(what, randomUUID())
    expect(await begin(what, randomUUID(), aTime + 9)).toMatchObject({ state: 'RUNNING' })
    expect(await begin(what, randomUUID(), aTime + 10, 6)).toEqual({ state: 'RUNNING', requestHash: hash(5) })
    expect(await begin(what, randomUUID(), aTime + 10)).toEqual({ state: 'TAKEN' })
    expect(await begin(what, randomUUID(), aTime + 11)).toMatchObject({ state: 'RUNNING' })
  })

  test('that was taken over is not decided by the slower attempt', async () => {
    const store = createIdempotencyStore(db)
    const [what, slow, quick] = [entry(), randomUUID(), randomUUID()]
    await begin(what, slow)
    await begin(what, quick, aTime + 10)
    await store.forget({ ...what, claim: slow })
    await store.finish({ ...what, claim: slow, status: 200, answer: 'slow' })
    expect(await begin(what, randomUUID(), aTime + 11)).toMatchObject({ state: 'RUNNING' })
    await store.finish({ ...what, claim: quick, status: 200, answer: 'quick' })
    expect(await begin(what, randomUUID(), aTime + 11)).toMatchObject({ state: 'DONE', answer: 'quick' })
  })
})
