import { PDFDocument, PDFFont } from '@cantoo/pdf-lib'
import { afterEach, expect, test, vi } from 'vitest'
import { parsedFont } from '../fonts/index.ts'
import { createTypesetter, type SetLine, type Type, type Typesetter } from './typesetting.ts'

const text: Type = { font: 'SANS', bold: false, italic: false, size: 11 }
const open = async (): Promise<Typesetter> => {
  const pdf = await PDFDocument.create()
  pdf.registerFontkit({ create: parsedFont })
  return createTypesetter(pdf, null)
}
const read = ({ runs }: SetLine): string => runs.map(run => run.text).join('')

afterEach(() => vi.restoreAllMocks())

test.each([
  ['words', 'AVAVA To. fi ffl of the one who writes '.repeat(12).trim(), ' '],
  ['ideographs', '漢字、（安全）管理部。ネットワークのことです。'.repeat(8), ''],
  ['Arabic', 'محمد الهاشمي يعمل '.repeat(15).trim(), ' '],
])('N-1: lines of %s are as long as they can be, and nothing is lost', async (_, long, between) => {
  const set = await open()
  const lines = await set.wrap(long, text, 70)
  expect(lines.map(read).join(between)).toBe(long)
  for (const [index, line] of lines.entries()) {
    expect(line.width).toBeLessThanOrEqual(70)
    const next = lines[index + 1]
    if (!next) continue
    const [piece = ''] = read(next).split(/(?<=[\s\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])/u)
    expect((await set.line((read(line) + between + piece).trimEnd(), text)).width).toBeGreaterThan(70)
  }
})

test('N-1: a word that is longer than a line begins on one of its own and is broken anywhere; an empty line is a line', async () => {
  const set = await open()
  const lines = (await set.wrap(`a ${'m'.repeat(60)} b`, text, 70)).map(read)
  expect(lines[0]).toBe('a')
  expect(lines.slice(1).join('')).toBe(`${'m'.repeat(60)} b`)
  expect((await set.wrap('', text, 70)).map(read)).toEqual([''])
})

test('N-1: each character is measured once, and each line twice: as it is and with one piece more', async () => {
  const set = await open()
  const measured = vi.spyOn(PDFFont.prototype, 'widthOfTextAtSize')
  const lines = await set.wrap('欧阳小明'.repeat(200), text, 70)
  expect(lines.length).toBeGreaterThan(40)
  expect(measured.mock.calls.length).toBeLessThanOrEqual(4 + 2 * lines.length)
})
