import type { LayoutContent } from '@cardwright/contract'

/** A layout that is being edited, as the browser keeps it: of version `version`; 0 = not yet published. */
export type KeptDraft = { readonly version: number; readonly at: string; readonly content: LayoutContent }

const prefix = 'cardwright.layout-draft'
const keyOf = (layout: string, version: number) => `${prefix}:${layout}:${version}`

const isDraft = (value: unknown): value is KeptDraft =>
  typeof value === 'object' &&
  value !== null &&
  'version' in value &&
  typeof value.version === 'number' &&
  'at' in value &&
  typeof value.at === 'string' &&
  'content' in value &&
  typeof value.content === 'object' &&
  value.content !== null &&
  'front' in value.content

const parsed = (text: string | null): KeptDraft | null => {
  try {
    const value: unknown = JSON.parse(text ?? 'null')
    return isDraft(value) ? value : null
  } catch {
    return null
  }
}

/** The newest draft of a layout that was made from this version or one before it. */
export const findDraft = (storage: Storage, layout: string, version: number): KeptDraft | null => {
  for (let from = version; from >= 0; from--) {
    const draft = parsed(storage.getItem(keyOf(layout, from)))
    if (draft) return draft
  }
  return null
}

/** False = the browser has no room for it (or keeps nothing at all). */
export const keepDraft = (storage: Storage, layout: string, draft: KeptDraft): boolean => {
  try {
    storage.setItem(keyOf(layout, draft.version), JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}

export const dropDraft = (storage: Storage, layout: string, version: number): void =>
  storage.removeItem(keyOf(layout, version))
