import { afterEach, expect, test, vi } from 'vitest'
import { entering, insertField, type TextBox } from './insert-field.ts'

afterEach(() => vi.unstubAllGlobals())

/** A box with its caret, which the next frame moves. */
const boxWith = (selectionStart: number, selectionEnd = selectionStart) => {
  vi.stubGlobal('requestAnimationFrame', (then: () => void) => then())
  const carets: number[] = []
  const box = Object.assign(new EventTarget(), {
    selectionStart,
    selectionEnd,
    focus: () => {},
    setSelectionRange: (from: number) => void carets.push(from),
  } satisfies TextBox)
  return { box, carets }
}

test('P-8, N-5: a field goes where the caret is, over what is selected, and the caret behind it', () => {
  const { box, carets } = boxWith(5, 9)
  entering({ currentTarget: box })
  expect(insertField(box, 'Dear Anna, yes', 'name', 40)).toBe('Dear {name}, yes')
  expect(carets).toEqual([11])
})

test('P-8, N-5: into a text that nobody has been in, a field goes at the end and not before the first letter', () => {
  const { box, carets } = boxWith(0)
  expect(insertField(box, 'Dear ', 'name', 40)).toBe('Dear {name}')
  expect(carets).toEqual([11])
})

test('a text does not become longer than it may be', () => {
  const { box } = boxWith(0)
  expect(insertField(box, 'Dear ', 'name', 11)).toBe('Dear {name}')
  expect(insertField(box, 'Dear ', 'name', 10)).toBeNull()
})
