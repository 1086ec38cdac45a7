import type { LayoutElement } from '@cardwright/core'
import { type Extent, extentOf as extentOfCharacter, type FontFile, fontRuns } from '../fonts/index.ts'
import { PIXELS_PER_POINT, type PixelBox } from './card-pixels.ts'
import { inkOf } from './measure.ts'
import { tag } from './svg.ts'
import { breakLines } from './text-lines.ts'
import { type SetText, setInOneFont, setText } from './text-runs.ts'

type TextElement = Extract<LayoutElement, { readonly kind: 'text' }>
type TextLook = Pick<TextElement, 'font' | 'size' | 'bold' | 'italic' | 'colour' | 'align' | 'fit'>

export type DrawnText = {
  readonly markup: string
  readonly faces: readonly FontFile[]
  readonly missing: readonly string[]
  readonly tooLong: boolean
}

/** Of the size of the letters: from one baseline to the next, and from a line's middle down to its baseline. */
const LINE = 1.2
const MIDDLE_TO_BASELINE = 0.357
const LEAST_POINTS = 4

const anchors = { START: 'start', CENTRE: 'middle', END: 'end' } as const

/** START is where the line begins to be read: the right edge for a line from right to left. */
const place = (line: SetText, look: TextLook, box: PixelBox, size: number, middle: number): string => {
  const atLeft = look.align === (line.rightToLeft ? 'END' : 'START')
  const anchor = look.align === 'CENTRE' ? 'CENTRE' : atLeft ? 'START' : 'END'
  const x = anchor === 'CENTRE' ? box.width / 2 : anchor === 'START' ? 0 : box.width
  return tag(
    'text',
    {
      x: box.x + x,
      y: box.y + middle + size * MIDDLE_TO_BASELINE,
      'font-size': size,
      fill: look.colour,
      'text-anchor': anchors[anchor],
      'xml:space': 'preserve',
    },
    line.markup,
  )
}

/** Half a pixel is nothing that a printer shows. */
const SLACK = 0.5
const within = (length: number, space: number): boolean => length <= space + SLACK

type SetLine = ReturnType<typeof setText>

/**
 * resvg 2.6.2 shapes a line with each of its fonts and draws nothing if one of them makes fewer glyphs of it, as ligatures do
 * (ﬃ, lam-alef). Such a line stands in one font, or its characters are told: it must not vanish.
 */
const setLine = async (line: string, look: TextLook, language: string | null): Promise<SetLine> => {
  const set = setText(line, look, language)
  if (set.faces.length < 2 || (await inkOf(set)).width > 0) return set
  const alone = setInOneFont(line, look, language)
  if (alone && (await inkOf(alone)).width > 0) return { ...alone, missing: set.missing }
  return { ...set, markup: '', missing: [...new Set(line.replace(/\s/gu, ''))] }
}

const isUnsettable = ({ markup, faces }: SetLine): boolean => markup === '' && faces.length > 0

const oneLine = async (text: string, look: TextLook, box: PixelBox, language: string | null): Promise<DrawnText> => {
  const line = await setLine(text.replace(/\s+/gu, ' ').trim(), look, language)
  if (line.markup === '') return { markup: '', faces: [], missing: line.missing, tooLong: false }
  let size = look.size * PIXELS_PER_POINT
  let tooLong = false
  if (look.fit === 'SHRINK') {
    const ink = await inkOf(line)
    const largest = Math.min(size, box.width / ink.width, box.height / ink.height)
    // In steps of a tenth of a point.
    if (!within(ink.width * size, box.width) || !within(ink.height * size, box.height))
      size = Math.floor((largest / PIXELS_PER_POINT) * 10) * 0.1 * PIXELS_PER_POINT
    const least = Math.min(LEAST_POINTS, look.size) * PIXELS_PER_POINT
    tooLong = size < least - 0.01
    if (tooLong) size = least
  }
  return {
    markup: place(line, look, box, size, box.height / 2),
    faces: line.faces,
    missing: line.missing,
    tooLong,
  }
}

/** Of a piece of a line, as its characters stand alone. */
const extentOfPiece = (piece: string, look: TextLook, language: string | null): Extent => {
  let [advance, left, right] = [0, 0, 0]
  for (const { text, face } of fontRuns(piece, look, language).runs)
    for (const character of text) {
      const extent = extentOfCharacter(face, character)
      if (advance === 0) left = extent.left
      right = advance + extent.right
      advance += extent.advance
    }
  return { advance, left, right }
}

const manyLines = async (text: string, look: TextLook, box: PixelBox, language: string | null): Promise<DrawnText> => {
  const size = look.size * PIXELS_PER_POINT
  const isNarrow = async (set: SetText) => within((await inkOf(set)).width * size, box.width)
  const fits = async (line: string) => {
    const set = await setLine(line, look, language)
    return !isUnsettable(set) && isNarrow(set)
  }
  const room = (box.width + SLACK) / size
  // With two lines more than there is height for it is too long, and the second one is wholly cut off.
  const mostLines = Math.floor(box.height / (size * LINE)) + 2
  const extentOf = (piece: string) => extentOfPiece(piece, look, language)
  const lines = await breakLines(text, { room, extentOf, fits, mostLines })
  const set: SetLine[] = []
  let tooWide = false
  for (const line of lines) {
    const own = await setLine(line, look, language)
    set.push(own)
    tooWide ||= !(await isNarrow(own))
  }
  const height = lines.length * size * LINE
  // The first and last line need no more than their letters have.
  const tooHigh = lines.length > 1 && !within(height - size * (LINE - 1), box.height)
  return {
    markup: set
      .map((line, index) => (line.markup === '' ? '' : place(line, look, box, size, size * LINE * (index + 0.5))))
      .join(''),
    faces: [...new Set(set.flatMap(line => line.faces))],
    missing: [...new Set([...set.flatMap(line => line.missing), ...setText(text, look, language).missing])],
    tooLong: tooHigh || tooWide,
  }
}

/** A text in its box: made smaller, broken into lines from the top, or cut off at the edges of the box. */
export const drawText = (text: string, look: TextLook, box: PixelBox, language: string | null): Promise<DrawnText> =>
  look.fit === 'WRAP'
    ? manyLines(text.replace(/[^\S\n]+/gu, ' ').trim(), look, box, language)
    : oneLine(text, look, box, language)
