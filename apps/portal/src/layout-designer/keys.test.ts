import { expect, test } from 'vitest'
import { actionOfKey, stepOfKey } from './keys.ts'

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

test('P-8 Ctrl or ⌘ with Z or Y goes a step back or forth, also right after a choice; where people type it is theirs', () => {
  const at = (key: string, target: { tagName: string; type?: string }, shiftKey = false) =>
    stepOfKey({ key, shiftKey, ctrlKey: true, metaKey: false, altKey: false }, target)
  const places = [
    { tagName: 'BODY' },
    { tagName: 'BUTTON', type: 'button' },
    { tagName: 'SELECT', type: 'select-one' },
    ...['checkbox', 'radio', 'color', 'file'].map(type => ({ tagName: 'INPUT', type })),
  ]
  for (const place of places) expect([place, at('z', place)]).toEqual([place, 'undo'])
  expect([at('Z', { tagName: 'BODY' }, true), at('y', { tagName: 'BODY' })]).toEqual(['redo', 'redo'])
  expect(at('z', { tagName: 'INPUT', type: 'text' })).toBeNull()
  expect(at('z', { tagName: 'TEXTAREA', type: 'textarea' })).toBeNull()
  expect(press('z')).toBeNull()
})

test('P-8 Delete removes, Page Up and Page Down change what lies on top, Escape lets go', () => {
  expect(press('Delete')).toEqual({ type: 'remove', id: 'a' })
  expect(press('PageUp')).toEqual({ type: 'order', id: 'a', order: 'forward' })
  expect(press('PageDown', { shiftKey: true })).toEqual({ type: 'order', id: 'a', order: 'back' })
  expect(press('Escape')).toEqual({ type: 'select', id: null })
})
