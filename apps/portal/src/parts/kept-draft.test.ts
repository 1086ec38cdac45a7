import { expect, test } from 'vitest'
import { draftsOf } from './kept-draft.ts'

const drafts = draftsOf('note', (value): value is string => typeof value === 'string')
const note = { version: 3, at: '2026-03-01T10:00:00.000Z', content: 'CardsMultipleActive = true\n' }

const storeIn = (items: Map<string, string>) => ({
  getItem: (key: string) => items.get(key) ?? null,
  setItem: (key: string, value: string) => void items.set(key, value),
  removeItem: (key: string) => void items.delete(key),
})
const full = {
  getItem: () => null,
  setItem: () => {
    throw new DOMException('full', 'QuotaExceededError')
  },
  removeItem: () => {
    throw new DOMException('closed', 'SecurityError')
  },
}

test('N-2, P-8: a draft is kept by its name until it is dropped', () => {
  const store = storeIn(new Map())
  expect(drafts.keep(store, 'a', note)).toBe(true)
  expect(drafts.find(store, 'a')).toEqual(note)
  expect(drafts.find(store, 'b')).toBeNull()
  drafts.drop(store, 'a', note.at)
  expect(drafts.find(store, 'a')).toBeNull()
})

test('P-8: what another tab has kept since is not dropped by the one that was published', () => {
  const store = storeIn(new Map())
  drafts.keep(store, 'a', note)
  const later = { ...note, at: '2026-03-01T10:00:01.000Z', content: '' }
  drafts.keep(store, 'a', later)
  drafts.drop(store, 'a', note.at)
  expect(drafts.find(store, 'a')).toEqual(later)
})

test('a browser that keeps nothing is told apart, and throws nothing', () => {
  expect(drafts.keep(full, 'a', note)).toBe(false)
  expect(() => drafts.drop(full, 'a', note.at)).not.toThrow()
})

test.each([
  'no JSON',
  'null',
  '7',
  '{}',
  '{"version":1,"at":"yesterday","content":""}',
  '{"version":1.5,"at":"2026-01-01","content":""}',
  '{"version":1,"at":"2026-01-01","content":null}',
])('what is no draft of ours is none: %s', text => {
  expect(drafts.find(storeIn(new Map([['cardwright.note:a', text]])), 'a')).toBeNull()
})
