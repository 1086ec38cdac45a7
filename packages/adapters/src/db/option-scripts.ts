import {
  defaultOptions,
  defaultScript,
  type OptionScript,
  type Options,
  optionScripts,
  parseScript,
} from '@cardwright/core'
import type { Selectable } from 'kysely'
import type { Db, Tables } from './schema/index.ts'

export type StoredScript = {
  readonly name: OptionScript
  readonly version: number
  readonly text: string
  readonly note: string
  readonly savedAt: number | null
  readonly savedBy: string | null
}

/** Version 1, before anybody saved another. */
export const asInstalled = (name: OptionScript): StoredScript => ({
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
