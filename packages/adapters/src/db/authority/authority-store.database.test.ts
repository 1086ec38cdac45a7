import { afterAll, beforeAll, expect, test } from 'vitest'
import { authorityStoreContract } from '../../testing/ca/index.ts'
import { createTestDatabase } from '../../testing/store/test-postgres.ts'
import { authorityFigures } from '../queries/authorities.ts'
import type { Db } from '../schema/index.ts'
import { createAuthorityStore } from './authority-store.ts'

let db: Db
let authorities = 0
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.destroy())

// Each authority is a store of its own: that the suite runs over one database shows that they do not mix.
authorityStoreContract('PostgreSQL', async () => {
  authorities += 1
  return createAuthorityStore(db, `authority-${authorities}`)
})

const record = {
  idempotencyKey: 'i',
  version: 1,
  serialNumber: '4A',
  publicKeySpki: Uint8Array.of(1),
  tbs: Uint8Array.of(2),
  certificate: Uint8Array.of(3),
  status: 'REVOKED',
  reason: 'superseded',
  statusSince: 1_767_225_600_000,
  notAfter: 1_800_000_000_000,
} as const

test.each([
  ['another certificate', { certificate: Uint8Array.of(4) }],
  ['no certificate', { certificate: null }],
  ['another intent', { tbs: Uint8Array.of(4) }],
  ['a way back (RFC 5280 §5.3.1)', { status: 'GOOD', reason: null, statusSince: null }],
] as const)('a revoked certificate cannot get %s, even by a faulty caller', async (what, change) => {
  const store = createAuthorityStore(db, what)
  await store.intend(record)
  await expect(store.save({ ...record, ...change })).rejects.toMatchObject({ code: '42501' })
  expect(await store.find('i')).toEqual(record)
})

test('figures count what was signed, not what was only intended', async () => {
  const store = createAuthorityStore(db, 'figures')
  const good = { ...record, status: 'GOOD', reason: null, statusSince: null } as const
  await store.intend(record)
  await store.intend({ ...good, idempotencyKey: 'j', serialNumber: '4B' })
  await store.intend({ ...good, idempotencyKey: 'k', serialNumber: '4C', certificate: null })
  expect(await authorityFigures(db, 'figures')).toEqual({ issued: 2, revoked: 1, onHold: 0 })
})
