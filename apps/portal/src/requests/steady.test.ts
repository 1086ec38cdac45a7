import { expect, test } from 'vitest'
import { steady } from './steady.ts'

type Row = { readonly id: string; readonly word: string }
const rows = (text: string): Row[] => [...text].map(id => ({ id, word: id }))
const after = (shown: string, latest: string) => {
  const { rows: kept, left, fresh } = steady(rows(shown), rows(latest), row => row.id)
  return { kept: kept.map(row => row.id).join(''), left: [...left].join(''), fresh }
}

test('rows keep their places and take their new contents', () => {
  const { rows: kept } = steady([{ id: 'a', word: 'old' }], [{ id: 'a', word: 'new' }], row => row.id)
  expect(kept).toEqual([{ id: 'a', word: 'new' }])
  expect(after('abc', 'cab')).toEqual({ kept: 'abc', left: '', fresh: 0 })
})

test('a row that has left stays where it is read', () => {
  expect(after('abc', 'ac')).toEqual({ kept: 'abc', left: 'b', fresh: 0 })
  expect(after('abc', '')).toEqual({ kept: 'abc', left: 'abc', fresh: 0 })
})

test('what comes after the last one is added, what would push others down is counted', () => {
  expect(after('abc', 'bcde')).toEqual({ kept: 'abcde', left: 'a', fresh: 0 })
  expect(after('abc', 'xaybc')).toEqual({ kept: 'abc', left: '', fresh: 2 })
  expect(after('', 'ab')).toEqual({ kept: 'ab', left: '', fresh: 0 })
})
