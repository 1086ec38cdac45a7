import fc from 'fast-check'
import { expect, test } from 'vitest'
import { groupCount, readGroups, writeGroups } from './spoken-groups.ts'

const BITS = 130
const values = fc.bigInt({ min: 0n, max: (1n << BigInt(BITS)) - 1n })
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

test('what is written is read, however it was typed', () => {
  fc.assert(
    fc.property(values, value => {
      const text = writeGroups('C', value, BITS)
      const typed = text.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
      expect(text.split('-')).toHaveLength(groupCount(BITS))
      expect(text).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5})*$/)
      expect(readGroups('C', text, BITS)).toEqual({ ok: true, value })
      expect(readGroups('C', typed, BITS)).toEqual({ ok: true, value })
    }),
  )
})

test('one wrong character is found in the group where it is', () => {
  fc.assert(
    fc.property(values, fc.nat(34), fc.integer({ min: 1, max: 31 }), (value, at, by) => {
      const plain = writeGroups('C', value, BITS).replaceAll('-', '')
      const wrong = ALPHABET[(ALPHABET.indexOf(plain[at] ?? '') + by) % 32]
      const slip = plain.slice(0, at) + wrong + plain.slice(at + 1)
      expect(readGroups('C', slip, BITS)).toEqual({ ok: false, groups: [Math.floor(at / 5) + 1] })
    }),
  )
})

test('two characters of a group the other way round are found there', () => {
  fc.assert(
    fc.property(values, fc.nat(6), fc.nat(4), fc.nat(4), (value, group, a, b) => {
      const groups = writeGroups('C', value, BITS).split('-')
      const symbols = [...(groups[group] ?? '')]
      fc.pre(symbols[a] !== symbols[b])
      const [x = '', y = ''] = [symbols[a], symbols[b]]
      symbols[a] = y
      symbols[b] = x
      expect(readGroups('C', groups.with(group, symbols.join('')).join('-'), BITS)).toEqual({
        ok: false,
        groups: [group + 1],
      })
    }),
  )
})

test('two groups the other way round are both found', () => {
  fc.assert(
    fc.property(values, fc.nat(6), fc.nat(6), (value, a, b) => {
      fc.pre(a !== b)
      const groups = writeGroups('C', value, BITS).split('-')
      const swapped = groups.with(a, groups[b] ?? '').with(b, groups[a] ?? '')
      const read = readGroups('C', swapped.join('-'), BITS)
      expect(read).toEqual({ ok: false, groups: [a + 1, b + 1].sort((x, y) => x - y) })
    }),
  )
})

test('a group left out, one too many, and nothing at all are slips', () => {
  const groups = writeGroups('C', 12345n, BITS).split('-')
  expect(readGroups('C', groups.slice(1).join('-'), BITS)).toMatchObject({ ok: false })
  expect(readGroups('C', [...groups, '00000'].join('-'), BITS)).toEqual({ ok: false, groups: [8] })
  expect(readGroups('C', '', BITS)).toEqual({ ok: false, groups: [1, 2, 3, 4, 5, 6, 7] })
})

test('what was read out as one thing is not taken for another', () => {
  expect(readGroups('A', writeGroups('C', 7n, BITS), BITS)).toEqual({ ok: false, groups: [] })
})

test('arbitrary text gives a value or the groups with a slip', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: 'grapheme' })), text => {
      const read = readGroups('C', text, BITS)
      if (read.ok) expect(writeGroups('C', read.value, BITS).replaceAll('-', '')).toHaveLength(35)
      else expect(read.groups.every(group => group >= 1 && group <= 8)).toBe(true)
    }),
  )
})
