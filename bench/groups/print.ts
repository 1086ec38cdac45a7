import { createCardRenderer } from '@cardwright/adapters/card-image'
import type { CardFilling } from '@cardwright/core'
import sharp from 'sharp'
import {
  barcode,
  fillingOf,
  layoutOf,
  photo,
  rectangle,
  text,
} from '../../packages/adapters/src/card-image/sample-layout.fixture.ts'
import { median, type Report, seconds } from '../harness.ts'

export const name = 'print'

const CARDS = 30
const REPEATS = 5

const layout = layoutOf(
  [rectangle(), photo(), text(), text({ y: 20, bold: true, content: '{department}' }), barcode()],
  [
    barcode({ symbology: 'QR', x: 5, y: 5, width: 25, height: 25, content: '{employeeNumber}/{serial}' }),
    text({ y: 5, content: '{organisation}', fit: 'WRAP', height: 20 }),
    text({ x: 4, y: 44, width: 60, size: 8, content: '{expiresOn}' }),
  ],
)

/** No two alike, so that nothing of one card is there for the next. */
async function filling(i: number): Promise<CardFilling> {
  const background = { r: (i * 37) & 255, g: (i * 91) & 255, b: 120 }
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
  const portrait = await sharp({ create: { width: 490, height: 630, channels: 3, background, noise } })
    .jpeg()
    .toBuffer()
  const values = {
    displayName: `Jiří Novák-Müller ${i}`,
    employeeNumber: String(10_000 + i),
    serial: String(7_000_000 + i),
  }
  return fillingOf(values, { photo: Uint8Array.from(portrait) })
}

/** As in the server: one card after another, each painted in threads of resvg's own. */
export async function run(report: Report): Promise<void> {
  const renderer = createCardRenderer()
  const fillings = await Promise.all(Array.from({ length: CARDS }, (_, i) => filling(i)))
  const rates = { drawn: [] as number[], bound: [] as number[] }
  // The first round warms up.
  for (let i = 0; i <= REPEATS; i++) {
    const cards: Awaited<ReturnType<typeof renderer.render>>[] = []
    const drawing = await seconds(async () => {
      for (const one of fillings) cards.push(await renderer.render(layout, one))
    })
    const binding = await seconds(async () => {
      for (const { pictures } of cards) await renderer.document(pictures)
    })
    const incomplete = cards.find(({ pictures, problems }) => problems.length > 0 || pictures.back === null)
    if (incomplete) throw new Error(`a card is not complete: ${JSON.stringify(incomplete.problems)}`)
    if (i === 0) continue
    rates.drawn.push(CARDS / drawing)
    rates.bound.push(CARDS / (drawing + binding))
  }
  const how = `photo, 4 texts, Code 128 and QR on two sides of 1011 × 638 pixels, no two cards alike, one after another in one process; median of ${REPEATS} × ${CARDS}`
  report({ name: 'print.cards_per_s', value: median(rates.drawn), unit: '1/s', note: `both sides as PNG; ${how}` })
  report({
    name: 'print.jobs_per_s',
    value: median(rates.bound),
    unit: '1/s',
    note: `and the PDF for the printer; ${how}`,
  })
}
