import { expect, test } from 'vitest'
import { blankLayout } from './content.ts'
import { dropDraft, findDraft, keepDraft } from './draft-store.ts'

const store = (room = Number.POSITIVE_INFINITY): Storage => {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    key: at => [...kept.keys()][at] ?? null,
    clear: () => kept.clear(),
    getItem: key => kept.get(key) ?? null,
    removeItem: key => void kept.delete(key),
    setItem: (key, value) => {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError')
      kept.set(key, value)
    },
  }
}
const content = { ...blankLayout(), name: 'Staff' }
const draft = { version: 2, at: '2026-11-21T10:32:00.000Z', content }

test('P-8 a draft comes back for its layout and version, and for no other layout', () => {
  const storage = store()
  expect(keepDraft(storage, 'a', draft)).toBe(true)
  expect(findDraft(storage, 'a', 2)).toEqual(draft)
  expect(findDraft(storage, 'b', 2)).toBeNull()
})

test('P-8 a draft made before somebody published is still found, and names its version', () => {
  const storage = store()
  keepDraft(storage, 'a', draft)
  expect(findDraft(storage, 'a', 5)?.version).toBe(2)
  dropDraft(storage, 'a', 2)
  expect(findDraft(storage, 'a', 5)).toBeNull()
})

test('P-8 a browser without room says so; what is no draft is none', () => {
  const full = store(10)
  expect(keepDraft(full, 'a', draft)).toBe(false)
  const storage = store()
  storage.setItem('cardwright.layout-draft:a:2', '{"content":')
  expect(findDraft(storage, 'a', 2)).toBeNull()
  storage.setItem('cardwright.layout-draft:a:2', '{"at":"now","version":2,"content":null}')
  expect(findDraft(storage, 'a', 2)).toBeNull()
})
