import { type CardLayout, type LayoutContent, refuse } from '@cardwright/core'
import { newId } from '../new-id.ts'
import type { DbTransaction } from '../schema/index.ts'
import { layoutPort } from '../transaction/layouts.ts'
import type { Database } from '../unit-of-work.ts'
import { json, time } from '../values.ts'
import { type By, conflict, factOf, refuseWrite, type Written, write } from './written.ts'

const insertVersion = async (trx: DbTransaction, layout: CardLayout, by: By): Promise<void> => {
  await trx
    .insertInto('card_layout_versions')
    .values({
      layout_id: layout.id,
      version: layout.version,
      content: json(layout.content),
      published_at: time(layout.publishedAt),
      published_by: layout.publishedBy,
      published_by_id: by.actor.id,
      note: layout.note,
      retired: layout.retired,
    })
    .execute()
}

const objectOf = (layout: CardLayout) => ({ type: 'layout', id: layout.id, label: layout.content.name })

export const createLayout = (
  database: Database,
  input: { readonly content: LayoutContent; readonly note: string },
  by: By,
): Promise<Written<CardLayout>> =>
  write(database, async ({ trx, audit }) => {
    const layout: CardLayout = {
      id: newId(by.at),
      version: 1,
      content: input.content,
      publishedAt: by.at,
      publishedBy: by.actor.label,
      note: input.note,
      retired: false,
    }
    await trx.insertInto('card_layouts').values({ id: layout.id, newest_version: 1 }).execute()
    await insertVersion(trx, layout, by)
    audit(factOf(by, 'layout.created', objectOf(layout), { version: 1, note: layout.note }))
    return layout
  })

/** A new version on top of the one that the designer saw; retiring is publishing with `retired`. */
export const publishLayout = (
  database: Database,
  id: string,
  input: {
    readonly version: number
    readonly content: LayoutContent
    readonly note: string
    readonly retired: boolean
  },
  by: By,
): Promise<Written<CardLayout>> =>
  write(database, async ({ trx, audit }) => {
    const newest = (await layoutPort(trx).get(id)) ?? refuseWrite(refuse('NOT_FOUND'))
    if (newest.version !== input.version) refuseWrite(conflict(newest.publishedBy, newest.publishedAt))
    const layout: CardLayout = {
      id,
      version: newest.version + 1,
      content: input.content,
      publishedAt: by.at,
      publishedBy: by.actor.label,
      note: input.note,
      retired: input.retired,
    }
    // As with policies: two who publish at once meet at this row, and the later one sees the conflict.
    await trx.updateTable('card_layouts').set({ newest_version: layout.version }).where('id', '=', id).execute()
    await insertVersion(trx, layout, by)
    const action = layout.retired ? 'layout.retired' : 'layout.published'
    audit(factOf(by, action, objectOf(layout), { version: layout.version, note: layout.note }))
    return layout
  })
