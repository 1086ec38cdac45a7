import { expect, test } from 'vitest'
import { photoFault } from './photo-file.ts'

test('P-8 a file that is no picture, or a too large one, is known before it is sent', () => {
  expect(photoFault({ type: 'image/jpeg', size: 100 }, 100)).toBeNull()
  expect(photoFault({ type: 'image/jpeg', size: 101 }, 100)).toBe('tooLarge')
  expect(photoFault({ type: 'application/pdf', size: 1 }, 100)).toBe('kind')
})
