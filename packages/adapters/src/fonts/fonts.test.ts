import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { charactersOf } from './character-map.ts'
import { allFontFiles } from './font-files.ts'
import { fontRuns } from './runs.ts'

const plain = { font: 'SANS', bold: false, italic: false } as const
const families = (text: string, language: string | null = null, style: Parameters<typeof fontRuns>[1] = plain) =>
  fontRuns(text, style, language).runs.map(run => [run.text, run.face.family])

test('P-8: every font file is there and tells its characters', () => {
  expect(allFontFiles.length).toBe(26)
  for (const { path, family } of allFontFiles) {
    expect(existsSync(path)).toBe(true)
    const known = [0x20, 0x10ffff, 0xffff].map(charactersOf(path))
    expect([family, ...known]).toEqual([family, true, false, false])
  }
})

test.each([
  ['Czech', 'Příliš žluťoučký Dvořák', 'Noto Sans'],
  ['Vietnamese', 'Nguyễn Tuấn', 'Noto Sans'],
  ['Greek', 'Παπαδόπουλος', 'Noto Sans'],
  ['Russian', 'Иванова Ольга', 'Noto Sans'],
  ['Arabic', 'محمد علي', 'Noto Naskh Arabic'],
  ['Hebrew', 'יעל כהן', 'Noto Sans Hebrew'],
  ['Japanese', 'さくら 髙橋', 'Noto Sans Japanese'],
  ['Korean', '김철수', 'Noto Sans Korean'],
  ['Chinese', '李伟', 'Noto Sans S Chinese'],
  ['Thai', 'สมชาย ใจดี', 'Noto Sans Thai'],
  ['Hindi', 'प्रिया रमन', 'Noto Sans'],
  ['Georgian', 'ნინო', 'DejaVu Sans'],
  ['Armenian', 'Արամ', 'DejaVu Sans'],
])('P-8: a name in %s stands in one font that has all of it', (_language, name, family) => {
  expect(families(name)).toEqual([[name.normalize('NFC'), family]])
  expect(fontRuns(name, plain, null).missing).toEqual([])
})

test('P-8: the language of a person decides between ways of writing the same characters', () => {
  expect(families('田中')).toEqual([['田中', 'Noto Sans S Chinese']])
  expect(families('田中', 'ja')).toEqual([['田中', 'Noto Sans Japanese']])
  expect(families('田中', 'ko')).toEqual([['田中', 'Noto Sans Korean']])
})

test('P-8: a name of two scripts is two pieces; a letter with its marks is never torn', () => {
  expect(families('李伟 (Li Wei)')).toEqual([
    ['李伟 ', 'Noto Sans S Chinese'],
    ['(Li Wei)', 'Noto Sans'],
  ])
  // Noto Sans has both, but a shaper looks at what a piece begins with.
  expect(families('Dear प्रिया रमन, good day')).toEqual([
    ['Dear ', 'Noto Sans'],
    ['प्रिया रमन', 'Noto Sans'],
    [', good day', 'Noto Sans'],
  ])
  // Decomposed: e, combining circumflex, combining tilde.
  expect(families('Nguye\u0302\u0303n')).toEqual([['Nguyễn', 'Noto Sans']])
  // A letter without a composed form keeps its mark.
  expect(families('M\u0302')).toEqual([['M\u0302', 'Noto Sans']])
})

test('P-8: bold and italic are fonts of their own; a script without italics stays upright', () => {
  const style = { font: 'SANS', bold: true, italic: true } as const
  const [latin, arabic] = fontRuns('A م', style, null).runs
  expect(latin?.face).toMatchObject({ family: 'Noto Sans', bold: true, italic: true })
  expect(arabic?.face).toMatchObject({ family: 'Noto Naskh Arabic', bold: true, italic: false })
  expect(families('Abc', null, { font: 'MONO', bold: false, italic: false })).toEqual([['Abc', 'DejaVu Sans Mono']])
  expect(families('Abc', null, { font: 'SERIF', bold: false, italic: false })).toEqual([['Abc', 'DejaVu Serif']])
})

test('P-8: what no font has is named, not drawn as a box', () => {
  const { runs, missing } = fontRuns('A\u{1F98A}B\u{13000}', plain, null)
  expect(missing).toEqual(['\u{1F98A}', '\u{13000}'])
  expect(runs.map(run => run.text).join('')).toBe('AB')
  // Joiners and direction marks are no characters to be seen.
  expect(fontRuns('می\u200cخواهم', plain, null).missing).toEqual([])
})
