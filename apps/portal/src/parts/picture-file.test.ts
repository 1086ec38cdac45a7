import { expect, test } from 'vitest'
import { bytes, drawnFile, pictureFault } from './picture-file.ts'

test('P-8 a file that is no picture, or a too large one, is known before it is sent', () => {
  const photo = { types: ['image/jpeg'], limit: 100 }
  expect(pictureFault({ type: 'image/jpeg', size: 100 }, photo)).toBeNull()
  expect(pictureFault({ type: 'image/jpeg', size: 101 }, photo)).toBe('tooLarge')
  expect(pictureFault({ type: 'application/pdf', size: 1 }, photo)).toBe('kind')
})

test('P-8 the largest picture of a layout fits into the data URL that is taken, and is told as people say it', () => {
  const url = `data:image/jpeg;base64,${Buffer.alloc(drawnFile.limit).toString('base64')}`
  expect(url.length).toBeLessThanOrEqual(1_400_000)
  expect([bytes(999), bytes(64_000), bytes(drawnFile.limit)]).toEqual(['1 kB', '64 kB', '1 MB'])
})
