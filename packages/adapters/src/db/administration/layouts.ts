import type { CardLayout, LayoutContent } from '@cardwright/core'
import { newId } from '../new-id.ts'
import type { DbTransaction } from '../schema/index.ts'
import { layoutPort } from '../transaction/layouts.ts'
import type { Database } from '../unit-of-work.ts'
import { type ChangedContent, firstVersion, type NewContent, nextVersion, versionColumns } from './published-version.ts'
import { type By, factOf, type Written, write } from './written.ts'

const insertVersion = async (trx: DbTransaction, layout: CardLayout, by: By): Promise<void> => {
  const row = { layout_id: layout.id, ...versionColumns(layout, by.actor.id) }
  await trx.insertInto('card_layout_versions').values(row).execute()
}

const objectOf = (layout: CardLayout) => ({ type: 'layout', id: layout.id, label: layout.content.name })

export const createLayout = (
  database: Database,
  input: NewContent<LayoutContent>,
  by: By,
): Promise<Written<CardLayout>> =>
  write(database, async ({ trx, audit }) => {
    const layout = firstVersion(newId(by.at), input, by)
    await trx.insertInto('card_layouts').values({ id: layout.id, newest_version: 1 }).execute()
    await insertVersion(trx, layout, by)
    audit(factOf(by, 'layout.created', objectOf(layout), { version: 1, note: layout.note }))
    return layout
  })

/** A new version on top of the one that the designer saw; retiring is publishing with `retired`. */
export const publishLayout = (
  database: Database,
  id: string,
  input: ChangedContent<LayoutContent>,
  by: By,
): Promise<Written<CardLayout>> =>
  write(database, async ({ trx, audit }) => {
    const layout = nextVersion(await layoutPort(trx).get(id), input, by)
    // As with policies: two who publish at once meet at this row, and the later one sees the conflict.
    await trx.updateTable('card_layouts').set({ newest_version: layout.version }).where('id', '=', id).execute()
    await insertVersion(trx, layout, by)
    const action = layout.retired ? 'layout.retired' : 'layout.published'
    audit(factOf(by, action, objectOf(layout), { version: layout.version, note: layout.note }))
    return layout
  })
