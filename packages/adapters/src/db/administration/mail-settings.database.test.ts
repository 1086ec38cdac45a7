import { defaultMailSettings, type MailSettings } from '@cardwright/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aTime } from '../../testing/store/samples.ts'
import { createTestDatabase, testMacs } from '../../testing/store/test-postgres.ts'
import { listAudit } from '../queries/audit.ts'
import type { Db } from '../schema/index.ts'
import { createDatabase, type Database } from '../unit-of-work.ts'
import { putMailSettings } from './mail-settings.ts'

let db: Db
let database: Database
beforeAll(async () => {
  db = await createTestDatabase()
  database = createDatabase(db, testMacs)
}, 60_000)
afterAll(() => db.destroy())

const by = { actor: { kind: 'operator', id: 'id-root', label: 'Root' } as const, at: aTime }
const put = (version: number, settings: MailSettings) =>
  putMailSettings(database, { version, settings, sealedPassword: null }, by)

test('other certificates of the same length are a change that the audit names, without their text', async () => {
  const settings = { ...defaultMailSettings, host: 'mail.example.org', caCertificates: 'one' }
  await put(1, settings)
  await put(2, { ...settings, caCertificates: 'two' })
  const [newest] = (await listAudit(db, { scope: 'ALL', operatorId: 'o' }, { limit: 1 })).rows
  expect(newest?.details).toEqual({ version: 3, caCertificates: 'changed' })
})
