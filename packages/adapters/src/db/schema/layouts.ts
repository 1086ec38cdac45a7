import type { IssuanceType, LayoutContent } from '@cardwright/core'
import type { Json, Time } from './columns.ts'

export type LayoutTables = {
  card_layouts: { id: string; newest_version: number }
  card_layout_versions: {
    layout_id: string
    version: number
    content: Json<LayoutContent>
    published_at: Time
    published_by: string
    published_by_id: string
    note: string
    retired: boolean
  }
  layout_assignments: { group_id: string; issuance_type: IssuanceType; layout_id: string; position: number }
  photos: { user_id: string; picture: Uint8Array; changed_at: Time }
}
