import type { CardLayout } from '@cardwright/core'
import type { Selectable } from 'kysely'
import type { Tables } from '../schema/index.ts'

export const layoutOf = (row: Selectable<Tables['card_layout_versions']>): CardLayout => ({
  id: row.layout_id,
  version: row.version,
  content: row.content,
  publishedAt: row.published_at,
  publishedBy: row.published_by,
  note: row.note,
  retired: row.retired,
})
