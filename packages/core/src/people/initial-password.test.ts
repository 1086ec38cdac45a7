import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { initialPassword, initialPasswordSelector, normaliseInitialPassword } from './initial-password.ts'

const random = (bytes: number) => Uint8Array.from(randomBytes(bytes))

test('an initial password is four groups of four letters that do not look alike, 60 bits and more of them secret', () => {
  const made = Array.from({ length: 300 }, () => initialPassword(random))
  for (const password of made)
    expect(password).toMatch(/^([34679ACDEFGHJKMNPQRTVWXY]{4}-){3}[34679ACDEFGHJKMNPQRTVWXY]{4}$/)
  const used = new Set(made.join('').replaceAll('-', ''))
  expect(used.size).toBe(24)
  const secret = normaliseInitialPassword(made[0] ?? '').length - initialPasswordSelector(made[0] ?? '').length
  expect(secret * Math.log2(used.size)).toBeGreaterThanOrEqual(60)
  expect(new Set(made).size).toBe(300)
})

test('every letter is equally likely: bytes that would favour the first ones are thrown away', () => {
  const bytes = [255, 240, 239, 0, ...Array.from({ length: 14 }, () => 24)]
  let at = 0
  const given = (count: number) => Uint8Array.from({ length: count }, () => bytes[at++ % bytes.length] ?? 0)
  expect(initialPassword(given)).toBe('Y333-3333-3333-3333')
})

test('it is typed with or without dashes, spaces and capitals', () => {
  for (const typed of ['7kmx-acde-fghj-kmnp', ' 7KMX ACDE FGHJ KMNP', '7KMX–ACDE—FGHJ‐KMNP', '７kmxacdefghjkmnp'])
    expect(normaliseInitialPassword(typed)).toBe('7KMXACDEFGHJKMNP')
  expect(initialPasswordSelector('7k mx-acde')).toBe('7K')
})
