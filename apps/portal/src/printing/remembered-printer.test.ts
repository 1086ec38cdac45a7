import type { Reader } from '@cardwright/contract'
import { expect, test } from 'vitest'
import { parseRemembered, recall, remember } from './remembered-printer.ts'

const reader = { id: 'workstation:s1:Front', name: 'Front', where: 'WORKSTATION' } as Reader

test('P-2 printer and reader are found again in the next session, whose name the reader’s id carries', () => {
  const kept = new Map<string, string>()
  const store = { getItem: (key: string) => kept.get(key) ?? null, setItem: kept.set.bind(kept) }
  remember(store, { id: 'server:1' }, reader)
  expect(recall(store)).toEqual({ printerId: 'server:1', reader: { name: 'Front', where: 'WORKSTATION' } })
  expect([...kept.values()].join()).not.toContain('s1')
})

test('P-2 what is kept nowhere, or was changed by hand, is chosen anew', () => {
  for (const text of [null, '', '{', '7', '"x"', '[]', '{"printerId":1}', '{"printerId":"a","reader":{"name":"b"}}']) {
    expect(parseRemembered(text)).toBeNull()
  }
  const broken = {
    getItem: () => {
      throw new Error('denied')
    },
    setItem: () => {
      throw new Error('denied')
    },
  }
  expect(recall(broken)).toBeNull()
  expect(remember(broken, { id: 'server:1' }, reader).printerId).toBe('server:1')
})
