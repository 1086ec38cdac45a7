import { expect, test } from 'vitest'
import { breakLines, type LineFit } from './text-lines.ts'

/** A font whose letters are half an em wide and ideographs one; `kerning` is what shaping takes off between letters. */
const fontWith = (kerning = 0) => {
  const measured: string[] = []
  const widthOf = (text: string) => [...text].reduce((sum, c) => sum + (c > '\u2e80' ? 1 : 0.5), 0)
  const shaped = (text: string) => widthOf(text) - kerning * (text.match(/[a-z](?=[a-z])/g)?.length ?? 0)
  const fitInto = (room: number, mostLines = 1000): LineFit => ({
    room,
    mostLines,
    extentOf: piece => ({ advance: widthOf(piece), left: 0, right: widthOf(piece) }),
    fits: async line => {
      measured.push(line)
      return shaped(line) <= room
    },
  })
  return { fitInto, measured, shaped }
}

test('P-8: lines are as long as they can be, whatever shaping makes of their letters', async () => {
  const words = 'we are the ones who break lines between words and no-where else'
  for (const kerning of [0, 0.1, -0.2])
    for (const room of [1, 4, 7, 20]) {
      const { fitInto, shaped } = fontWith(kerning)
      const lines = await breakLines(words, fitInto(room))
      expect(lines.join(' ').replaceAll('- ', '-')).toBe(words)
      for (const [index, line] of lines.entries()) {
        const [next] = (lines[index + 1] ?? '').split(/(?<=-)| /)
        if (/[\s-]./.test(line)) expect(shaped(line)).toBeLessThanOrEqual(room)
        if (next) expect(shaped(line + (line.endsWith('-') ? '' : ' ') + next)).toBeGreaterThan(room)
      }
    }
})

test('P-8: a word that is wider than its box is a line of its own; empty lines stay', async () => {
  const { fitInto } = fontWith()
  expect(await breakLines('a wonderfully\n\nlong word', fitInto(3))).toEqual(['a', 'wonderfully', '', 'long', 'word'])
})

test('P-8: of ideographs each finished line is measured once, of words with one more', async () => {
  const ideographs = fontWith()
  const lines = await breakLines('漢'.repeat(300), ideographs.fitInto(10.5))
  expect(lines).toEqual(Array.from({ length: 30 }, () => '漢'.repeat(10)))
  expect(ideographs.measured).toEqual(lines)
  const words = fontWith()
  const broken = await breakLines('ab '.repeat(100).trim(), words.fitInto(10.3))
  expect(words.measured.length).toBeLessThanOrEqual(2 * broken.length)
})

test('P-8: what comes after the last line that is seen is not measured', async () => {
  const { fitInto, measured } = fontWith()
  const lines = await breakLines(`${'漢'.repeat(300)}\nab\ncd`, fitInto(10.5, 3))
  expect(lines).toEqual(Array(3).fill('漢'.repeat(10)))
  expect(measured).toEqual(lines)
})

test('P-8: the space behind a word that is too long for its line takes no room on the next one', async () => {
  const { fitInto } = fontWith()
  expect(await breakLines('wonderful 漢漢漢', fitInto(3.1))).toEqual(['wonderful', '漢漢漢'])
})
