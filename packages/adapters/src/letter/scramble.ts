import { type PDFPage, rgb } from '@cantoo/pdf-lib'
import type { Random } from '@cardwright/core'
import type { Box } from './form.ts'
import { POINTS_PER_MM } from './typesetting.ts'

/** Corners of the strokes of a digit as on a seven-segment display, in a box of 1 × 2. */
const strokes = [
  [0, 0, 1, 0],
  [1, 0, 1, 1],
  [1, 1, 1, 2],
  [0, 2, 1, 2],
  [0, 1, 0, 2],
  [0, 0, 0, 1],
  [0, 1, 1, 1],
] as const
/** Which strokes 0 to 9 have, as bits. */
const digits = [0x3f, 0x06, 0x5b, 0x4f, 0x66, 0x6d, 0x7d, 0x07, 0x7f, 0x6f]

/** Of a digit of the pattern: about as high as those of the value. */
const HEIGHT_MM = 7
const LAYERS = 3

/**
 * Digits that mean nothing, as large as those of the value and as many as fit, three deep and at random. On paper they are
 * light and the value is black. With a lamp behind the folded sheet all ink is one shadow, and which strokes belong to
 * the value is not to be told. They are drawn as lines: a text search finds the value alone.
 */
export const drawScramble = (page: PDFPage, box: Box, random: Random): void => {
  const height = HEIGHT_MM * POINTS_PER_MM
  const width = height / 2
  const [left, top] = [box.x * POINTS_PER_MM, box.y * POINTS_PER_MM]
  const columns = Math.floor((box.width * POINTS_PER_MM - width) / (width * 1.4))
  const rows = Math.floor((box.height * POINTS_PER_MM - height) / (height * 0.45)) + 1
  for (let layer = 0; layer < LAYERS; layer++) {
    const path: string[] = []
    const bytes = random(columns * rows * 3)
    for (let i = 0; i < columns * rows; i++) {
      const [digit = 0, right = 0, down = 0] = bytes.subarray(i * 3, i * 3 + 3)
      const x = left + (i % columns) * width * 1.4 + (right / 255) * width * 0.9
      const y = top + Math.floor(i / columns) * height * 0.45 + (down / 255) * height * 0.3
      strokes.forEach(([x1, y1, x2, y2], stroke) => {
        if ((((digits[digit % 10] ?? 0) >> stroke) & 1) === 0) return
        const at = (px: number, py: number) => `${(x + px * width).toFixed(1)} ${(y + (py * height) / 2).toFixed(1)}`
        path.push(`M${at(x1, y1)}L${at(x2, y2)}`)
      })
    }
    page.drawSvgPath(path.join(''), { x: 0, y: page.getHeight(), borderColor: rgb(0.7, 0.7, 0.72), borderWidth: 1.2 })
  }
}
