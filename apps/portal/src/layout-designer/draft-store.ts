import type { LayoutContent } from '@cardwright/contract'
import { draftsOf, type KeptDraft, type Store } from '../parts/kept-draft.ts'

export type LayoutDraft = KeptDraft<LayoutContent>

const isContent = (value: unknown): value is LayoutContent =>
  typeof value === 'object' && value !== null && 'front' in value

/** Each version of a layout has a draft of its own, so that a new one leaves alone what was made from an older version. */
export const layoutDrafts = draftsOf('layout-draft', isContent)
export const draftName = (layout: string, version: number): string => `${layout}:${version}`

/** The newest draft of a layout that was made from this version or one before it. */
export const newestDraft = (storage: Store, layout: string, version: number): LayoutDraft | null => {
  for (let from = version; from >= 0; from--) {
    const draft = layoutDrafts.find(storage, draftName(layout, from))
    if (draft) return draft
  }
  return null
}
