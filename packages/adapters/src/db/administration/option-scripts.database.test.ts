import { defaultOptions, defaultScript, type OptionScript, setOption } from '@cardwright/core'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aTime } from '../../testing/store/samples.ts'
import { createTestDatabase, testMacs } from '../../testing/store/test-postgres.ts'
import { options as migration } from '../migrations/0017-options.ts'
import { newestScripts, scriptVersions } from '../option-scripts.ts'
import { createPostgresStore } from '../postgres-store.ts'
import { listAudit } from '../queries/audit.ts'
import type { Db } from '../schema/index.ts'
import { createDatabase, type Database } from '../unit-of-work.ts'
import { saveScript } from './option-scripts.ts'

let db: Db
let database: Database
beforeAll(async () => {
  db = await createTestDatabase()
  database = createDatabase(db, testMacs)
})
afterAll(() => db.destroy())

const by = (label: string) => ({ actor: { kind: 'operator', id: `id-${label}`, label } as const, at: aTime })
const newestRecord = async () => (await listAudit(db, { scope: 'ALL', operatorId: 'o' }, { limit: 1 })).rows[0]
const hold = () => createPostgresStore(database).transaction(tx => tx.settings.options())
const newest = async (name: OptionScript) => {
  const script = (await newestScripts(db)).find(stored => stored.name === name)
  if (!script) throw new Error('every script has a newest version')
  return script
}
const save = async (
  name: OptionScript,
  text: string,
  change: { version?: number; note?: string; sameChannelConfirmed?: boolean; who?: string } = {},
) => {
  const { who = 'Grace', ...given } = change
  const input = { version: (await newest(name)).version, note: '', sameChannelConfirmed: false, ...given }
  return saveScript(database, { name, text, ...input }, by(who))
}

test('N-2: a saved script holds from then on, is a version of its own, and the audit has each option from → to', async () => {
  const installed = defaultScript('TempCardsScriptOptions')
  const text = setOption(`${installed}# two weeks were too long\n`, 'TempCardsValidityDays', 7)
  expect(await save('TempCardsScriptOptions', text, { note: 'Shorter' })).toMatchObject({
    ok: true,
    value: { script: { version: 2, text, note: 'Shorter', savedAt: aTime, savedBy: 'Grace' }, mistakes: [] },
  })
  expect(await hold()).toEqual({ ...defaultOptions, TempCardsValidityDays: 7 })
  expect(await newestRecord()).toMatchObject({ action: 'settings.options-changed', objectId: 'TempCardsScriptOptions' })
  expect((await newestRecord())?.details).toEqual({
    version: 2,
    TempCardsValidityDays: '14 → 7',
    note: 'Shorter',
  })
})

test('N-2: all versions stay; an earlier text saved again is a new version', async () => {
  const [, first] = await scriptVersions(db, 'TempCardsScriptOptions')
  expect(first).toEqual({
    name: 'TempCardsScriptOptions',
    version: 1,
    text: defaultScript('TempCardsScriptOptions'),
    note: '',
    savedAt: null,
    savedBy: null,
  })
  await save('TempCardsScriptOptions', first?.text ?? '')
  const versions = await scriptVersions(db, 'TempCardsScriptOptions')
  expect(versions.map(({ version }) => version)).toEqual([3, 2, 1])
  expect(versions[0]?.text).toBe(first?.text)
  expect(await hold()).toEqual(defaultOptions)
  await expect(sql`update option_scripts set text = ''`.execute(db)).rejects.toThrow()
})

test('N-6: a text with mistakes is not saved, and each is told', async () => {
  const before = await newest('CardsScriptOptions')
  const answer = await save('CardsScriptOptions', 'CardsPINLenght = "4"\n\nCardsMultipleActive = 1\n')
  expect(answer).toMatchObject({
    ok: true,
    value: {
      script: before,
      mistakes: [
        { line: 1, code: 'UNKNOWN_NAME' },
        { line: 3, code: 'WRONG_TYPE' },
      ],
    },
  })
  expect(await newest('CardsScriptOptions')).toEqual(before)
  expect((await newestRecord())?.objectId).toBe('TempCardsScriptOptions')
})

test('N-5: PIN and PUK by the same channel are saved only when that is confirmed', async () => {
  const text = 'CardsPINDeliveryMethod = "email"\nCardsPUKDeliveryMethod = "email"\n'
  expect(await save('CardsScriptOptions', text)).toMatchObject({
    value: { script: { version: 1 }, mistakes: [{ line: 2, code: 'SAME_CHANNEL' }] },
  })
  expect(await save('CardsScriptOptions', text, { sameChannelConfirmed: true })).toMatchObject({
    value: { script: { version: 2 }, mistakes: [] },
  })
  expect((await newestRecord())?.details).toEqual({
    version: 2,
    CardsPINDeliveryMethod: '"print" → "email"',
    CardsPUKDeliveryMethod: '"nopuk" → "email"',
    sameChannel: 'confirmed',
  })
})

test('an editor that did not see the newest version saves nothing', async () => {
  expect(await save('CardsScriptOptions', '', { version: 1, who: 'Late' })).toMatchObject({
    code: 'VERSION_CONFLICT',
    params: { by: 'Grace' },
  })
  const saves = ['Ada', 'Bob'].map(who => save('CardsScriptExpiry', `# ${who}`, { version: 1, who }))
  const answers = await Promise.all(saves)
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
})

describe('what stood among the settings of requests and replacement', () => {
  const migrated = async (settings: object | null) => {
    const earlier = await createTestDatabase()
    try {
      await sql`drop table option_scripts, expiry_mails`.execute(earlier)
      if (settings)
        await sql`insert into lifecycle_settings values (2, ${JSON.stringify(settings)}::text::jsonb, now(), 'Ada', 'a')`.execute(
          earlier,
        )
      await migration.up(earlier)
      const scripts = await newestScripts(earlier)
      return scripts.map(({ text, ...script }) => ({
        ...script,
        changed: text
          .split('\n')
          .filter(line => !defaultScript(script.name).includes(line))
          .join(),
      }))
    } finally {
      await earlier.destroy()
    }
  }

  test('is taken over into the first versions of the scripts', async () => {
    expect(await migrated({ multipleActive: true, temporaryValidityDays: 3, requestDays: 9 })).toMatchObject([
      { name: 'CardsScriptOptions', version: 2, changed: 'CardsMultipleActive = true', savedBy: 'Cardwright' },
      { name: 'CardsScriptExpiry', version: 1, changed: '' },
      { name: 'TempCardsScriptOptions', version: 2, changed: 'TempCardsValidityDays = 3' },
    ])
  })

  test.each([null, { multipleActive: false, temporaryValidityDays: 14 }, {}])(
    'makes no version where nothing was changed: %j',
    async settings => {
      expect(await migrated(settings)).toMatchObject([{ version: 1 }, { version: 1 }, { version: 1 }])
    },
  )
})
