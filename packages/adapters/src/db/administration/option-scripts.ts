import {
  defaultOptions,
  defaultScript,
  type OptionScript,
  type Options,
  optionScripts,
  type ParsedScript,
  parseScript,
  type ScriptRemark,
  writtenValue,
} from '@cardwright/core'
import type { Selectable } from 'kysely'
import type { Db, Tables } from '../schema/index.ts'
import type { Database } from '../unit-of-work.ts'
import { time } from '../values.ts'
import { differences } from './versioned-settings.ts'
import { type By, conflict, factOf, refuseWrite, type Written, write } from './written.ts'

export type StoredScript = {
  readonly name: OptionScript
  readonly version: number
  readonly text: string
  readonly note: string
  readonly savedAt: number | null
  readonly savedBy: string | null
}

const asInstalled = (name: OptionScript): StoredScript => ({
  name,
  version: 1,
  text: defaultScript(name),
  note: '',
  savedAt: null,
  savedBy: null,
})

const scriptOf = (row: Selectable<Tables['option_scripts']>): StoredScript => ({
  name: row.name,
  version: row.version,
  text: row.text,
  note: row.note,
  savedAt: row.saved_at,
  savedBy: row.saved_by,
})

/** The newest version of each script. */
export const newestScripts = async (db: Db): Promise<readonly StoredScript[]> => {
  const rows = await db
    .selectFrom('option_scripts')
    .selectAll()
    .distinctOn('name')
    .orderBy('name')
    .orderBy('version', 'desc')
    .execute()
  return optionScripts.map(name => {
    const row = rows.find(stored => stored.name === name)
    return row ? scriptOf(row) : asInstalled(name)
  })
}

/** N-2: all versions of a script, newest first. */
export const scriptVersions = async (db: Db, name: OptionScript): Promise<readonly StoredScript[]> => {
  const rows = db.selectFrom('option_scripts').selectAll().where('name', '=', name).orderBy('version', 'desc')
  return [...(await rows.execute()).map(scriptOf), asInstalled(name)]
}

/** Read anew each time: the text is the one place where it stands. An option that a later release adds is as by default. */
export const newestOptions = async (db: Db): Promise<Options> => {
  const said = (await newestScripts(db)).map(({ name, text }) => parseScript(name, text).values)
  return Object.assign({}, defaultOptions, ...said)
}

const shown = ({ values }: ParsedScript): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, writtenValue(value)]))

/** N-5: what is only worth a warning otherwise has to be confirmed. */
const unconfirmed = ({ warnings }: ParsedScript): readonly ScriptRemark[] =>
  warnings.filter(({ code }) => code === 'SAME_CHANNEL')

/** Saves nothing if the text has a mistake; they are answered with the script that holds. */
export const saveScript = (
  database: Database,
  input: {
    readonly name: OptionScript
    /** As the editor saw it. */
    readonly version: number
    readonly text: string
    readonly note: string
    readonly sameChannelConfirmed: boolean
  },
  by: By,
): Promise<Written<{ readonly script: StoredScript; readonly mistakes: readonly ScriptRemark[] }>> =>
  write(database, async ({ trx, audit }) => {
    const { name, text, note } = input
    const before = (await newestScripts(trx)).find(script => script.name === name) ?? asInstalled(name)
    const parsed = parseScript(name, text)
    const mistakes = [...parsed.mistakes, ...(input.sameChannelConfirmed ? [] : unconfirmed(parsed))]
    if (mistakes.length > 0) return { script: before, mistakes }
    if (before.version !== input.version) refuseWrite(conflict(before.savedBy ?? '', before.savedAt ?? 0))
    const script = { name, version: before.version + 1, text, note, savedAt: by.at, savedBy: by.actor.label }
    const { savedAt, savedBy, ...values } = script
    // A row that another server wrote meanwhile is a serialisation failure, and the work runs again; see unit-of-work.ts.
    await trx
      .insertInto('option_scripts')
      .values({ ...values, saved_at: time(savedAt), saved_by: savedBy, saved_by_id: by.actor.id })
      .onConflict(c => c.doNothing())
      .execute()
    audit(
      factOf(
        by,
        'settings.options-changed',
        { type: 'settings', id: name, label: name },
        {
          version: script.version,
          ...differences(shown(parseScript(name, before.text)), shown(parsed)),
          ...(note === '' ? {} : { note }),
          ...(unconfirmed(parsed).length > 0 ? { sameChannel: 'confirmed' } : {}),
        },
      ),
    )
    return { script, mistakes }
  })
