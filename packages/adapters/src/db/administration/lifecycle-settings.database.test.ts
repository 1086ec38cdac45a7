import { defaultLifecycleSettings, type LifecycleSettings } from '@cardwright/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aTime } from '../../testing/store/samples.ts'
import { createTestDatabase, testMacs } from '../../testing/store/test-postgres.ts'
import { createPostgresStore } from '../postgres-store.ts'
import { listAudit } from '../queries/audit.ts'
import type { Db } from '../schema/index.ts'
import { createDatabase, type Database } from '../unit-of-work.ts'
import { getLifecycleSettings, putLifecycleSettings } from './lifecycle-settings.ts'

let db: Db
let database: Database
beforeAll(async () => {
  db = await createTestDatabase()
  database = createDatabase(db, testMacs)
})
afterAll(() => db.destroy())

const by = (label: string) => ({ actor: { kind: 'operator', id: `id-${label}`, label } as const, at: aTime })
const newestRecord = async () => (await listAudit(db, { scope: 'ALL', operatorId: 'o' }, { limit: 1 })).rows[0]

test('requests and replacement: the defaults, then what was set; each difference is in the audit by its name', async () => {
  expect(await getLifecycleSettings(db)).toEqual({
    version: 1,
    settings: defaultLifecycleSettings,
    changedAt: null,
    changedBy: null,
  })
  const { separation } = defaultLifecycleSettings
  const settings: LifecycleSettings = {
    ...defaultLifecycleSettings,
    requestDays: 7,
    separation: { ...separation, requesterIssuer: true },
    revocationReasons: { local: { DAMAGED: 'cessationOfOperation', LOST: 'keyCompromise' } },
  }
  await putLifecycleSettings(database, { version: 1, settings }, by('Grace'))
  expect(await getLifecycleSettings(db)).toEqual({ version: 2, settings, changedAt: aTime, changedBy: 'Grace' })
  expect(await createPostgresStore(database).transaction(tx => tx.settings.lifecycle())).toEqual(settings)
  expect(await newestRecord()).toMatchObject({ action: 'settings.lifecycle-changed', objectId: 'lifecycle' })
  expect((await newestRecord())?.details).toEqual({
    version: 2,
    requestDays: '30 → 7',
    requesterIssuer: 'false → true',
    'local: DAMAGED': 'superseded → cessationOfOperation',
  })
})

test('a CA that goes back to the rules of R-19 is told in the audit; an older page changes nothing', async () => {
  const { settings, version } = await getLifecycleSettings(db)
  await putLifecycleSettings(database, { version, settings: { ...settings, revocationReasons: {} } }, by('Ada'))
  expect((await newestRecord())?.details).toEqual({
    version: version + 1,
    'local: DAMAGED': 'cessationOfOperation → superseded',
  })
  expect(await putLifecycleSettings(database, { version, settings }, by('Late'))).toMatchObject({
    code: 'VERSION_CONFLICT',
    params: { by: 'Ada' },
  })
  expect((await getLifecycleSettings(db)).changedBy).toBe('Ada')
})

test('what a later release adds to the settings is as in its defaults until it is changed', async () => {
  const { version } = await getLifecycleSettings(db)
  const { requestDays: _, ...earlier } = defaultLifecycleSettings
  await db
    .insertInto('lifecycle_settings')
    .values({
      version: version + 1,
      settings: JSON.stringify({ ...earlier, revocationReasons: {} }),
      changed_at: new Date(aTime).toISOString(),
      changed_by: 'Grace',
      changed_by_id: 'g',
    })
    .execute()
  const expected = { ...defaultLifecycleSettings, revocationReasons: {} }
  expect((await getLifecycleSettings(db)).settings).toEqual(expected)
  expect(await createPostgresStore(database).transaction(tx => tx.settings.lifecycle())).toEqual(expected)
})
