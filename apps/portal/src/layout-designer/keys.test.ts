import { expect, test } from 'vitest'
import { actionOfKey } from './keys.ts'

const press = (key: string, held: Partial<Record<'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey', true>> = {}) =>
  actionOfKey({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held }, 'a', 'new')

test('P-8 arrow keys move by 0.1 mm, with Shift by 1 mm', () => {
  expect(press('ArrowLeft')).toEqual({ type: 'nudge', id: 'a', dx: -0.1, dy: 0 })
  expect(press('ArrowDown', { shiftKey: true })).toEqual({ type: 'nudge', id: 'a', dx: 0, dy: 1 })
})

test('P-8 Ctrl or ⌘ with D duplicates; other keys of the browser stay its own', () => {
  expect(press('d', { ctrlKey: true })).toEqual({ type: 'duplicate', id: 'a', newId: 'new' })
  expect(press('D', { metaKey: true })).toEqual({ type: 'duplicate', id: 'a', newId: 'new' })
  expect(press('ArrowLeft', { altKey: true })).toBeNull()
  expect(press('r', { ctrlKey: true })).toBeNull()
  expect(press('Tab')).toBeNull()
})

test('P-8 Delete removes, Page Up and Page Down change what lies on top, Escape lets go', () => {
  expect(press('Delete')).toEqual({ type: 'remove', id: 'a' })
  expect(press('PageUp')).toEqual({ type: 'order', id: 'a', order: 'forward' })
  expect(press('PageDown', { shiftKey: true })).toEqual({ type: 'order', id: 'a', order: 'back' })
  expect(press('Escape')).toEqual({ type: 'select', id: null })
})
