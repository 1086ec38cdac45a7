import { sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, testMacs } from '../../testing/store/test-postgres.ts'
import { migrate } from '../migrate.ts'
import { createPostgresStore } from '../postgres-store.ts'
import type { Db } from '../schema/index.ts'
import { createDatabase } from '../unit-of-work.ts'
import { migrations } from './index.ts'

const user = '01890a5d-ac96-774b-bcce-0000000000aa'
const device = '01890a5d-ac96-774b-bcce-0000000000bb'
const group = '01890a5d-ac96-774b-bcce-0000000000cc'
const issuance = '01890a5d-ac96-774b-bcce-0000000000dd'

/** An organisation as the release before layouts, prints, letters and options left it. */
const before = `
  insert into users (id, version, login_name, display_name, status, cardholder_uuid, created_at)
    values ('${user}', 1, 'anna', 'Anna', 'ACTIVE', '${user}', now());
  insert into groups values ('${group}', 1, 'Staff', '');
  insert into memberships values ('${user}', '${group}');
  insert into devices (id, version, identity, serial, model, form, virtual, state, reason, suspended, user_id, key_version)
    values ('${device}', 1, 'serial:1', '1', 'PIV card', 'card', false, 'ASSIGNED', 'NONE', false, '${user}', 0);
  insert into issuances (id, version, kind, type, state, attempt, user_id, device_id, serial, reader_id, reader_name,
      pin_mode, change_pin, card_uuid, credential_number, expires_at, card_touched, keys, intents, puk_tries, steps, notes,
      round_trips, started_by, started_at, ended_at)
    values ('${issuance}', 1, 'ISSUE', 'INITIAL', 'CANCELLED', 1, '${user}', '${device}', '1', 'r', 'r', 'NOT_DISPLAYED',
      false, '${device}', 1, now(), false, '[]', '[]', 0, '[]', '[]', 0, '{"kind":"system","id":"s","label":"S"}', now(), now());
  insert into lifecycle_settings
    values (2, '{"multipleActive":true,"temporaryValidityDays":30,"requestDays":30}', now(), 'Ada', 'a');
  insert into deliveries (id, user_id, device_id, kind, recipient, message_id, sealed, created_at, valid_until,
      delivered_at, failed_at, last_error)
    select ('01890a5d-ac96-774b-bcce-00000000000' || n)::uuid, '${user}', '${device}', 'initial-password', 'a@b', n,
      case when n < 3 then '\\x01'::bytea end, now(), now(), case when n = 3 then now() end, case when n > 3 then now() end,
      (array[null, 'MAIL_UNREACHABLE', null, 'WITHDRAWN', 'MAIL_REFUSED'])[n]
    from generate_series(1, 5) n`

let db: Db
beforeAll(async () => {
  db = await createTestDatabase(null)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  expect((await migrator.migrateTo('0013-requests')).error).toBeUndefined()
  await sql.raw(before).execute(db)
  expect((await migrate(db)).slice(0, 4)).toEqual(['0014-layouts', '0015-printing', '0016-letters', '0017-options'])
}, 60_000)
afterAll(() => db.destroy())

test('N-3: mails of the release before are what they were: waiting, delivered, withdrawn or failed', async () => {
  const rows = await db.selectFrom('deliveries').select(['state', 'channel', 'copy']).orderBy('id').execute()
  expect(rows.map(row => row.state)).toEqual(['WAITING', 'WAITING', 'DELIVERED', 'WITHDRAWN', 'FAILED'])
  expect(new Set(rows.map(row => `${row.channel} ${row.copy}`))).toEqual(new Set(['EMAIL 1']))
})

test('P-3, N-1, N-2: users, groups and issuances of the release before are read, with nothing of the new yet', async () => {
  const store = createPostgresStore(createDatabase(db, testMacs))
  await store.transaction(async tx => {
    expect(await tx.users.get(user)).toMatchObject({ displayName: 'Anna', language: null, groupIds: [group] })
    expect(await tx.groups.ofUser(user)).toMatchObject([{ name: 'Staff', layouts: {} }])
    expect(await tx.photos.ofUser(user)).toBeNull()
    expect(await tx.printJobs.ofDevice(device)).toEqual([])
    expect((await tx.issuances.get(issuance))?.delivery).toEqual({ pin: null, puk: null })
    expect(await tx.settings.options()).toMatchObject({ CardsMultipleActive: true, TempCardsValidityDays: 30 })
  })
})
