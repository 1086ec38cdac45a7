import { expect, test } from 'vitest'
import { dropScript, keepScript, keptScript } from './draft-store.ts'

const kept = { version: 3, at: '2026-03-01T10:00:00.000Z', text: 'CardsMultipleActive = true\n' }

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

test('N-2: a draft is kept for each script alone until it is dropped', () => {
  const store = storeIn(new Map())
  expect(keepScript(store, 'CardsScriptOptions', kept)).toBe(true)
  expect(keptScript(store, 'CardsScriptOptions')).toEqual(kept)
  expect(keptScript(store, 'CardsScriptExpiry')).toBeNull()
  dropScript(store, 'CardsScriptOptions')
  expect(keptScript(store, 'CardsScriptOptions')).toBeNull()
})

test('a browser that keeps nothing is told apart, and throws nothing', () => {
  expect(keepScript(full, 'CardsScriptOptions', kept)).toBe(false)
  expect(() => dropScript(full, 'CardsScriptOptions')).not.toThrow()
})

test.each([
  'no JSON',
  'null',
  '7',
  '{}',
  '{"version":1,"at":"yesterday","text":""}',
  '{"version":1.5,"at":"2026-01-01","text":""}',
])('what is no draft of ours is none: %s', text => {
  const items = new Map([['cardwright.option-script:CardsScriptOptions', text]])
  expect(keptScript(storeIn(items), 'CardsScriptOptions')).toBeNull()
})
