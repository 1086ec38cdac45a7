import { defaultScript, type OptionScript, setOption } from '@cardwright/core'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { ddl } from './ddl.ts'

/** The key of `expiry_mails` lets each mail before a device expires go out once, however many servers look for it. */
const tables = ddl(
  `create table option_scripts (
    name text not null check (name in ('CardsScriptOptions', 'CardsScriptExpiry', 'TempCardsScriptOptions')),
    version integer not null check (version >= 2),
    text text not null check (length(text) <= 20000),
    note text not null,
    saved_at timestamptz not null,
    saved_by text not null,
    saved_by_id text not null,
    primary key (name, version)
  )`,
  `create table expiry_mails (
    id uuid not null unique,
    device_id uuid not null references devices,
    expires_at timestamptz not null,
    days integer not null check (days >= 1),
    user_id uuid not null references users,
    queued_at timestamptz not null,
    primary key (device_id, expires_at, days)
  )`,
  `create trigger option_scripts_never_change before update or delete on option_scripts
    for each row execute function refuse_change()`,
)

type Earlier = { readonly multipleActive?: unknown; readonly temporaryValidityDays?: unknown }

/** What stood among the settings of requests and replacement stands in the scripts now, and only there. */
const takeOver = async (db: Kysely<unknown>, name: OptionScript, text: string): Promise<void> => {
  if (text === defaultScript(name)) return
  await sql`insert into option_scripts (name, version, text, note, saved_at, saved_by, saved_by_id)
    values (${name}, 2, ${text}, ${'Taken over from the settings of requests and replacement'}, now(), 'Cardwright', 'system')`.execute(
    db,
  )
}

export const options: Migration = {
  async up(db) {
    await tables.up(db)
    const { rows } = await sql<{ settings: Earlier }>`
      select settings from lifecycle_settings order by version desc limit 1`.execute(db)
    const { multipleActive, temporaryValidityDays } = rows[0]?.settings ?? {}
    if (typeof multipleActive === 'boolean')
      await takeOver(
        db,
        'CardsScriptOptions',
        setOption(defaultScript('CardsScriptOptions'), 'CardsMultipleActive', multipleActive),
      )
    if (typeof temporaryValidityDays === 'number')
      await takeOver(
        db,
        'TempCardsScriptOptions',
        setOption(defaultScript('TempCardsScriptOptions'), 'TempCardsValidityDays', temporaryValidityDays),
      )
  },
}
