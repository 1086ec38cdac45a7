import { expect, test } from 'vitest'
import { codeGroups, grouped, spelled } from './code.ts'

const texts = (code: string) => codeGroups(code).map(group => group.text)

test('a code without separators is cut into fours, the rest at the end', () => {
  expect(texts('7KQ2M9XD4')).toEqual(['7KQ2', 'M9XD', '4'])
})

test('a code that is cut already keeps its groups', () => {
  expect(texts('7KQ2M-9XD4 T')).toEqual(['7KQ2M', '9XD4', 'T'])
})

test('letters and digits are spelled for the telephone', () => {
  expect(spelled('K7x')).toBe('Kilo seven X-ray')
})

test('what is typed becomes upper case in fives, whatever stands between', () => {
  expect(grouped('7kq2m9-xd.4')).toBe('7KQ2M-9XD4')
  expect(grouped('')).toBe('')
})
