import { auditKeyName, headBytes, noPreviousMac } from '@cardwright/core'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aFact } from '../../testing/store/samples.ts'
import { createTestDatabase, testMacs } from '../../testing/store/test-postgres.ts'
import { claimInstallationFact } from '../administration/installation.ts'
import type { Db } from '../schema/index.ts'
import { createDatabase, type Database } from '../unit-of-work.ts'
import { sealAuditGenesis } from './audit-genesis.ts'
import { verifyAudit } from './verify-audit.ts'

let db: Db
let database: Database

beforeEach(async () => {
  db = await createTestDatabase()
  database = createDatabase(db, testMacs)
  for (let i = 1; i <= 6; i++) {
    await database.transaction(async ({ audit }) => audit(aFact({ action: `fact-${i}`, details: { i, half: i / 2 } })))
  }
})
afterEach(() => db.destroy())

/** Somebody with the rights of the database's owner, who can switch triggers off but does not have the key. */
const tamper = async (...statements: readonly string[]): Promise<void> => {
  for (const table of ['audit', 'audit_head']) await sql.raw(`alter table ${table} disable trigger user`).execute(db)
  for (const statement of statements) await sql.raw(statement).execute(db)
  for (const table of ['audit', 'audit_head']) await sql.raw(`alter table ${table} enable trigger user`).execute(db)
}

describe('verifyAudit', () => {
  test('an untouched chain is intact', async () => {
    expect(await verifyAudit(db, testMacs)).toEqual({ intact: true, records: 6, firstBroken: null, finding: null })
  })

  const columns = [
    `at = at + interval '1 millisecond'`,
    `actor_label = 'Somebody else'`,
    `action = 'fact-9'`,
    `object_id = 'd-2'`,
    `result = 'FAILURE'`,
    `reason = ''`,
    `user_id = 'ada'`,
    `device_id = 'd-1'`,
    `details = '{"i": 4, "half": 2.5}'`,
    `mac = decode(repeat('00', 32), 'hex')`,
  ]
  test.each(columns)('a changed record is found: %s', async change => {
    await tamper(`update audit set ${change} where sequence = 4`)
    expect(await verifyAudit(db, testMacs)).toEqual({
      intact: false,
      records: 3,
      firstBroken: 4,
      finding: 'RECORD_ALTERED',
    })
  })

  test('a record that is missing in the middle is found', async () => {
    await tamper('delete from audit where sequence = 3')
    expect(await verifyAudit(db, testMacs)).toMatchObject({ firstBroken: 3, finding: 'RECORD_MISSING' })
  })

  test('a missing record is found though those after it were moved up', async () => {
    await tamper('delete from audit where sequence = 3', 'update audit set sequence = sequence - 1 where sequence > 3')
    expect(await verifyAudit(db, testMacs)).toMatchObject({ firstBroken: 3, finding: 'RECORD_ALTERED' })
  })

  test('two records that changed places are found', async () => {
    await tamper(
      'update audit set sequence = 100 where sequence = 2',
      'update audit set sequence = 2 where sequence = 5',
      'update audit set sequence = 5 where sequence = 100',
    )
    expect(await verifyAudit(db, testMacs)).toMatchObject({ firstBroken: 2, finding: 'RECORD_ALTERED' })
  })

  test('a cut-off tail is found', async () => {
    await tamper('delete from audit where sequence > 4')
    expect(await verifyAudit(db, testMacs)).toEqual({
      intact: false,
      records: 4,
      firstBroken: 5,
      finding: 'TAIL_MISSING',
    })
  })

  test('a cut-off tail is found though the head was put back to fit', async () => {
    await tamper(
      'delete from audit where sequence > 4',
      'update audit_head set count = 4, last_mac = (select mac from audit where sequence = 4)',
    )
    expect(await verifyAudit(db, testMacs)).toMatchObject({ intact: false, finding: 'HEAD_ALTERED' })
  })

  test('after such a change nothing more is appended: it would seal the forgery', async () => {
    await tamper(
      'delete from audit where sequence > 4',
      'update audit_head set count = 4, last_mac = (select mac from audit where sequence = 4)',
    )
    const append = database.transaction(async ({ audit }) => audit(aFact()))
    await expect(append).rejects.toMatchObject({ code: 'AUDIT_TAMPERED' })
    expect(await verifyAudit(db, testMacs)).toMatchObject({ intact: false, finding: 'HEAD_ALTERED' })
  })

  test('a record that was added without the key is found', async () => {
    await tamper(
      `insert into audit select 7, at, actor_kind, actor_id, actor_label, action, object_type, object_id, object_label,
        user_id, device_id, result, reason, details, mac from audit where sequence = 6`,
    )
    expect(await verifyAudit(db, testMacs)).toMatchObject({ firstBroken: 7, finding: 'RECORD_ALTERED' })
  })

  test('an emptied audit is found where there are people', async () => {
    await tamper(
      'delete from audit',
      `update audit_head set count = 0, last_mac = '', head_mac = ''`,
      `insert into users (id, version, login_name, display_name, status, cardholder_uuid, created_at)
        values (gen_random_uuid(), 1, 'ada', 'Ada', 'ACTIVE', gen_random_uuid(), now())`,
    )
    expect(await verifyAudit(db, testMacs)).toMatchObject({ intact: false, finding: 'TAIL_MISSING' })
  })

  const forgetStart = `delete from installation where key = 'first-administrator'`
  const genesis = async () => {
    const mac = await testMacs.mac(auditKeyName, headBytes({ count: 0, lastMac: noPreviousMac }))
    return `last_mac = decode('${'00'.repeat(32)}', 'hex'), head_mac = decode('${Buffer.from(mac).toString('hex')}', 'hex')`
  }
  const unsealed = `update audit_head set count = 0, last_mac = '', head_mac = ''`
  test.each([
    ['its head not sealed', async () => [unsealed], 'TAIL_MISSING'],
    ['its head not sealed, as if nobody had started it yet', async () => [unsealed, forgetStart], 'HEAD_ALTERED'],
    ['its head gone', async () => ['delete from audit_head'], 'HEAD_ALTERED'],
    ['the head of the first day', async () => [`update audit_head set count = 0, ${await genesis()}`], 'TAIL_MISSING'],
  ])(
    'an emptied audit with %s is found, a start does not seal it, and nothing is appended',
    async (_, what, finding) => {
      await claimInstallationFact(db, 'organisation', 'Example')
      await claimInstallationFact(db, 'first-administrator', 'somebody')
      await tamper('delete from audit', ...(await what()))
      await sealAuditGenesis(db, testMacs)
      expect(await verifyAudit(db, testMacs)).toMatchObject({ intact: false, records: 0, finding })
      const append = database.transaction(async ({ audit }) => audit(aFact()))
      await expect(append).rejects.toMatchObject({ code: 'AUDIT_TAMPERED' })
    },
  )

  test('a database in which nothing was installed yet has an empty chain that is intact', async () => {
    const empty = await createTestDatabase()
    const good = { intact: true, records: 0, firstBroken: null, finding: null }
    expect(await verifyAudit(empty, testMacs)).toEqual(good)
    await sql`update audit_head set last_mac = '', head_mac = ''`.execute(empty)
    expect(await verifyAudit(empty, testMacs)).toMatchObject({ intact: false, finding: 'HEAD_ALTERED' })
    await sealAuditGenesis(empty, testMacs)
    expect(await verifyAudit(empty, testMacs)).toEqual(good)
    await empty.destroy()
  })

  test('another key finds every record wrong, from the first on', async () => {
    const otherKey = { mac: (_: string, data: Uint8Array) => testMacs.mac('another', data) }
    expect(await verifyAudit(db, otherKey)).toMatchObject({ firstBroken: 1, finding: 'RECORD_ALTERED' })
  })

  test('text that PostgreSQL cannot store is stored as it can be, and the chain stays whole', async () => {
    const strange = 'half a pair \ud83d, a NUL \0, a pair 😀, a BOM \ufeff'
    await database.transaction(async ({ audit }) =>
      audit(aFact({ actor: { kind: 'user', id: 'u', label: strange }, details: { [strange]: strange, zero: -0 } })),
    )
    expect(await verifyAudit(db, testMacs)).toMatchObject({ intact: true, records: 7 })
  })
})

describe('the audit table', () => {
  test.each([
    `update audit set action = 'x' where sequence = 1`,
    'delete from audit where sequence = 1',
    'truncate audit',
    'delete from audit_head',
    'truncate audit_head',
  ])('refuses: %s', async statement => {
    await expect(sql.raw(statement).execute(db)).rejects.toMatchObject({ code: '42501' })
  })
})
