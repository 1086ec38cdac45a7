import type { CardLayout, Transaction } from '@cardwright/core'
import { layoutOf } from '../rows/layouts.ts'
import type { Db } from '../schema/index.ts'
import { isUuid } from './known-ids.ts'

const newestVersions = (db: Db) =>
  db
    .selectFrom('card_layouts')
    .innerJoin('card_layout_versions', join =>
      join
        .onRef('card_layout_versions.layout_id', '=', 'card_layouts.id')
        .onRef('card_layout_versions.version', '=', 'card_layouts.newest_version'),
    )
    .selectAll('card_layout_versions')

export const layoutPort = (db: Db): Transaction['layouts'] => ({
  async get(id, version) {
    if (!isUuid(id)) return null
    const row =
      version === undefined
        ? await newestVersions(db).where('card_layouts.id', '=', id).executeTakeFirst()
        : await db
            .selectFrom('card_layout_versions')
            .selectAll()
            .where('layout_id', '=', id)
            .where('version', '=', version)
            .executeTakeFirst()
    return row ? layoutOf(row) : null
  },
  async newest(ids) {
    const known = ids.filter(isUuid)
    if (known.length === 0) return []
    const rows = await newestVersions(db).where('card_layouts.id', 'in', known).execute()
    return known.flatMap((id): CardLayout[] => {
      const row = rows.find(r => r.layout_id === id)
      return row ? [layoutOf(row)] : []
    })
  },
})

export const photoPort = (db: Db): Transaction['photos'] => ({
  async ofUser(userId) {
    if (!isUuid(userId)) return null
    const row = await db.selectFrom('photos').select('picture').where('user_id', '=', userId).executeTakeFirst()
    return row ? Uint8Array.from(row.picture) : null
  },
})
