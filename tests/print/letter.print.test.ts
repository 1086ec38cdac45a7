import { type LetterContent, letterPdf } from '@cardwright/adapters/letter'
import { createNetworkPrinter } from '@cardwright/adapters/printer'
import { defaultLetterSettings, type LetterSettings, layoutValues, sampleDevice, sampleUser } from '@cardwright/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningCups, startCups } from './cups.ts'
import { aboutPdf, type PdfWord, readPdf, wordsOf } from './pdf.ts'
import { A4, LETTER } from './ppd.ts'

const LETTERS = 'letters'
const NAME = 'Olga Dvořáková Ольга 李伟'
const PIN = '284917'

/** Besides that of the card, which the letter names. */
const numbersOf = (words: readonly PdfWord[]) =>
  words.filter(({ word }) => /^\d{4,}$/.test(word) && word !== sampleDevice(0).serial)

/** What a window shows wherever the folded sheet slides in its envelope, in millimetres from the upper left corner. */
const WINDOWS = {
  // DIN 5008 form B: 85 × 45 mm at 20/45 mm.
  A4: { left: 20, right: 105, top: 45, bottom: 90 },
  // #10: 4½ × 1⅛ inch, ⅞ inch from the left, its upper edge 2½ inches from that of the envelope.
  LETTER: { left: 22.2, right: 136.5, top: 63.5, bottom: 92.1 },
} as const

describe('N-1: a PIN letter through CUPS', () => {
  let cups: RunningCups
  beforeAll(async () => {
    cups = await startCups([{ name: LETTERS, sizes: [A4, LETTER], twoSided: true }], [])
  })
  afterAll(() => cups?.close())

  const make = (own: Partial<LetterSettings>, change: Partial<LetterContent> = {}, displayName = 'Olga Dvořáková') => {
    const user = { ...sampleUser, displayName }
    const values = layoutValues({ user, device: sampleDevice(0), organisation: 'Example & Sons' })
    const content = { kind: 'PIN', value: PIN, values, language: 'en', copy: 1, ...change } as const
    // The pattern's digits are another in every letter; which ones, is all the same to what is read here.
    const random = (bytes: number) => Uint8Array.from({ length: bytes }, (_, i) => (i * 7919 + 13) & 255)
    return letterPdf({ ...defaultLetterSettings, sender: 'Example · Street 1', ...own }, content, random)
  }
  const print = async (pdf: Uint8Array, media: 'A4' | 'LETTER'): Promise<Buffer> => {
    const printer = createNetworkPrinter({ uri: cups.uri(LETTERS), limits: { pollMs: 50 } })
    const order = { jobName: `letter ${media}`, media, pdf, pictures: [], twoSided: false }
    expect(await printer.print(order, () => {})).toEqual({ kind: 'PRINTED' })
    return cups.tray(LETTERS).document(order.jobName)
  }

  test.each([
    ['A4', '210.0', '297.0'],
    ['LETTER', '215.9', '279.4'],
  ] as const)(
    'on %s: one page of that paper, its PIN to be read, its address in the window',
    async (paper, width, height) => {
      const arrived = await print(await make({ paper }, {}, NAME), paper)
      const pages = readPdf(arrived)
      expect(pages.map(page => [page.widthMm.toFixed(1), page.heightMm.toFixed(1)])).toEqual([[width, height]])
      const words = wordsOf(arrived)
      // The pattern below is drawn and not written: digits of the letter are those of the PIN, and they are there once.
      expect(numbersOf(words).map(({ word }) => word)).toEqual([PIN])
      const window = WINDOWS[paper]
      for (const part of [...NAME.split(' '), 'Sons', 'Street']) {
        const seen = words.find(({ word }) => word === part)
        expect(seen, part).toBeDefined()
        expect(seen?.x, part).toBeGreaterThan(window.left)
        expect(seen?.right, part).toBeLessThan(window.right)
        // The box of a word has room for accents that it does not have.
        const middle = ((seen?.y ?? 0) + (seen?.bottom ?? 0)) / 2
        expect(middle, part).toBeGreaterThan(window.top)
        expect(middle, part).toBeLessThan(window.bottom)
      }
      const pin = words.find(({ word }) => word === PIN)
      expect(pin?.y).toBeGreaterThan(window.bottom)
    },
  )

  test('on a pressure-seal form the PIN stands where the settings say', async () => {
    const sealed = { x: 110, y: 200 }
    const arrived = await print(
      await make({ protection: 'PRESSURE_SEAL', sealed }, { kind: 'PUK', value: '73915264' }),
      'A4',
    )
    const words = wordsOf(arrived)
    const [puk, ...others] = numbersOf(words)
    expect([puk?.word, others]).toEqual(['73915264', []])
    expect(Math.abs((puk?.x ?? 0) - sealed.x)).toBeLessThan(1)
    expect(Math.abs((puk?.y ?? 0) - sealed.y)).toBeLessThan(5)
  })

  test('N-5: the second is marked as a copy, the first is not; neither says what it holds about itself', async () => {
    for (const copy of [1, 2]) {
      const arrived = await print(await make({}, { copy }), 'A4')
      expect(wordsOf(arrived).some(({ word }) => word === 'Copy')).toBe(copy === 2)
      for (const secret of [PIN, 'Olga', 'Dvo']) expect(aboutPdf(arrived)).not.toContain(secret)
    }
  })

  test('N-5: a CUPS that keeps no files has nothing of a letter left when it is printed', async () => {
    await print(await make({}), 'A4')
    await expect.poll(cups.documents, { timeout: 5000 }).toEqual([])
  })
})
