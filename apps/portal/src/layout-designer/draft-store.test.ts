import { expect, test } from 'vitest'
import { blankLayout } from './content.ts'
import { draftName, layoutDrafts, newestDraft } from './draft-store.ts'

const store = () => {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}
const draft = { version: 2, at: '2026-11-21T10:32:00.000Z', content: { ...blankLayout(), name: 'Staff' } }

test('P-8 a draft comes back for its layout and version, and for no other layout', () => {
  const storage = store()
  expect(layoutDrafts.keep(storage, draftName('a', 2), draft)).toBe(true)
  expect(newestDraft(storage, 'a', 2)).toEqual(draft)
  expect(newestDraft(storage, 'b', 2)).toBeNull()
})

test('P-8 a draft made before somebody published is still found, names its version, and lies behind a newer one', () => {
  const storage = store()
  layoutDrafts.keep(storage, draftName('a', 2), draft)
  expect(newestDraft(storage, 'a', 5)?.version).toBe(2)
  const newer = { ...draft, version: 5 }
  layoutDrafts.keep(storage, draftName('a', 5), newer)
  expect(newestDraft(storage, 'a', 5)).toEqual(newer)
  layoutDrafts.drop(storage, draftName('a', 5), newer.at)
  expect(newestDraft(storage, 'a', 5)).toEqual(draft)
})

test('P-8 what is no layout is no draft of one', () => {
  const storage = store()
  storage.setItem('cardwright.layout-draft:a:2', '{"content":')
  expect(newestDraft(storage, 'a', 2)).toBeNull()
  storage.setItem('cardwright.layout-draft:a:2', '{"at":"2026-01-01","version":2,"content":{}}')
  expect(newestDraft(storage, 'a', 2)).toBeNull()
})
