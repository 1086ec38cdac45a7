import { setImmediate as othersTurn } from 'node:timers/promises'
import type { PDFDocument, PDFFont, PDFPage } from '@cantoo/pdf-lib'
import { type FontRun, type FontStyle, fontBytes, fontRuns, isRightToLeft } from '../fonts/index.ts'
import { LetterError } from './letter-error.ts'

export const POINTS_PER_MM = 72 / 25.4

export type Type = FontStyle & {
  /** Points. */
  readonly size: number
}
/** `width` in points. */
type SetRun = { readonly text: string; readonly font: PDFFont; readonly width: number }
/** A line whose fonts are embedded; `width` in millimetres. */
export type SetLine = { readonly runs: readonly SetRun[]; readonly size: number; readonly width: number }

export type Typesetter = {
  line(text: string, type: Type): Promise<SetLine>
  /** Broken between words so that no line is wider than `width` mm; a word that is alone may be broken anywhere. */
  wrap(text: string, type: Type, width: number): Promise<readonly SetLine[]>
}

/** Where there are no spaces, as in Chinese, a line may break between any two characters. */
const breaks = /(?<=\s)|(?<=\p{sc=Han}|\p{sc=Hiragana}|\p{sc=Katakana}|\p{sc=Thai})/u

/** `alone` = how wide it is by itself, in millimetres, and without the spaces at its end. */
type Piece = { readonly text: string; readonly alone: number; readonly seen: number; readonly onNewLine: boolean }

const lineOf = (pieces: readonly Piece[]): string =>
  pieces
    .map(({ text }) => text)
    .join('')
    .trimEnd()

/** A run from right to left is set in the order in which it is seen: a space at its end would be before it. */
const withSpaceBehind = ({ text, face }: FontRun): readonly FontRun[] => {
  const word = text.trimEnd()
  if (word === text || !isRightToLeft(text)) return [{ text, face }]
  return [
    { text: word, face },
    { text: text.slice(word.length), face },
  ]
}

/** How many pieces have room by the sum of what they are alone: at least one, and none that needs a new line. */
const guess = (pieces: readonly Piece[], width: number): number => {
  let taken = 0
  let sum = 0
  for (const { alone, seen, onNewLine } of pieces) {
    if (taken > 0 && (onNewLine || sum + seen > width)) break
    sum += alone
    taken++
  }
  return taken
}

/** Fonts come from what is bundled, one a run of characters, and only the glyphs that are used go into the PDF. */
export const createTypesetter = (pdf: PDFDocument, language: string | null): Typesetter => {
  const embedded = new Map<string, Promise<PDFFont>>()
  const embed = (path: string): Promise<PDFFont> => {
    const known = embedded.get(path)
    if (known) return known
    const font = pdf.embedFont(fontBytes(path), { subset: true })
    embedded.set(path, font)
    return font
  }

  const line = async (text: string, type: Type): Promise<SetLine> => {
    const { runs, missing } = fontRuns(text, type, language)
    if (missing.length > 0) {
      const codes = missing.map(c => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
      throw new LetterError('CHARACTER_MISSING', `no bundled font has ${codes.join(', ')}`)
    }
    const set = await Promise.all(
      runs.flatMap(withSpaceBehind).map(async ({ text, face }) => {
        const font = await embed(face.path)
        return { text, font, width: font.widthOfTextAtSize(text, type.size) }
      }),
    )
    const points = set.reduce((sum, run) => sum + run.width, 0)
    return { runs: set, size: type.size, width: points / POINTS_PER_MM }
  }

  const widths = new Map<string, number>()
  const widthOf = async (text: string, type: Type): Promise<number> => {
    const key = `${type.font} ${type.bold} ${type.italic} ${type.size} ${text}`
    const width = widths.get(key) ?? (await line(text, type)).width
    widths.set(key, width)
    return width
  }
  const pieceOf = async (text: string, type: Type, onNewLine: boolean): Promise<Piece> => ({
    text,
    alone: await widthOf(text, type),
    seen: await widthOf(text.trimEnd(), type),
    onNewLine,
  })

  /** The words; of one that is too long for a line the characters, which begin on a line of their own. */
  const piecesOf = async (text: string, type: Type, width: number): Promise<readonly Piece[]> => {
    const pieces: Piece[] = []
    for (const word of text.split(breaks)) {
      const piece = await pieceOf(word, type, false)
      if (piece.seen <= width) pieces.push(piece)
      else
        for (const [index, character] of [...word].entries()) pieces.push(await pieceOf(character, type, index === 0))
    }
    return pieces
  }

  const wrap = async (text: string, type: Type, width: number): Promise<readonly SetLine[]> => {
    const lines: SetLine[] = []
    let rest = await piecesOf(text, type, width)
    while (rest.length > 0) {
      await othersTurn()
      // What stands side by side may be narrower or wider than what is alone: the line itself decides.
      let taken = guess(rest, width)
      let set = await line(lineOf(rest.slice(0, taken)), type)
      while (taken > 1 && set.width > width) set = await line(lineOf(rest.slice(0, --taken)), type)
      while (taken < rest.length && !rest[taken]?.onNewLine) {
        const longer = await line(lineOf(rest.slice(0, taken + 1)), type)
        if (longer.width > width) break
        set = longer
        taken++
      }
      if (set.runs.length > 0 || taken === rest.length) lines.push(set)
      rest = rest.slice(taken)
    }
    return lines.length === 0 ? [await line('', type)] : lines
  }

  return { line, wrap }
}

/** `y` is the top of the line, in millimetres from the top of the page. */
export const drawLine = (page: PDFPage, line: SetLine, x: number, y: number): void => {
  let at = x * POINTS_PER_MM
  const baseline = page.getHeight() - y * POINTS_PER_MM - line.size
  for (const { text, font, width } of line.runs) {
    page.drawText(text, { x: at, y: baseline, size: line.size, font })
    at += width
  }
}
