import { readFile } from 'node:fs/promises'
import type { PDFDocument, PDFFont, PDFPage } from '@cantoo/pdf-lib'
import { type FontStyle, fontRuns } from '../fonts/index.ts'
import { LetterError } from './letter-error.ts'

export const POINTS_PER_MM = 72 / 25.4

export type Type = FontStyle & {
  /** Points. */
  readonly size: number
}
type SetRun = { readonly text: string; readonly font: PDFFont }
/** A line whose fonts are embedded; `width` in millimetres. */
export type SetLine = { readonly runs: readonly SetRun[]; readonly size: number; readonly width: number }

export type Typesetter = {
  line(text: string, type: Type): Promise<SetLine>
  /** Broken between words so that no line is wider than `width` mm; a word that is alone may be broken anywhere. */
  wrap(text: string, type: Type, width: number): Promise<readonly SetLine[]>
}

/** Fonts come from what is bundled, one a run of characters, and only the glyphs that are used go into the PDF. */
export const createTypesetter = (pdf: PDFDocument, language: string | null): Typesetter => {
  const embedded = new Map<string, Promise<PDFFont>>()
  const embed = (path: string): Promise<PDFFont> => {
    const known = embedded.get(path)
    if (known) return known
    const font = readFile(path).then(bytes => pdf.embedFont(bytes, { subset: true }))
    embedded.set(path, font)
    return font
  }

  const line = async (text: string, type: Type): Promise<SetLine> => {
    const { runs, missing } = fontRuns(text, type, language)
    if (missing.length > 0) {
      const codes = missing.map(c => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
      throw new LetterError('CHARACTER_MISSING', `no bundled font has ${codes.join(', ')}`)
    }
    const set = await Promise.all(runs.map(async run => ({ text: run.text, font: await embed(run.face.path) })))
    const points = set.reduce((sum, run) => sum + run.font.widthOfTextAtSize(run.text, type.size), 0)
    return { runs: set, size: type.size, width: points / POINTS_PER_MM }
  }

  const wrap = async (text: string, type: Type, width: number): Promise<readonly SetLine[]> => {
    const lines: SetLine[] = []
    let current = ''
    let set = await line('', type)
    // Where there are no spaces, as in Chinese, a line may break between any two characters.
    for (const word of text.split(/(?<=\s)|(?<=\p{sc=Han}|\p{sc=Hiragana}|\p{sc=Katakana}|\p{sc=Thai})/u)) {
      const longer = await line((current + word).trimEnd(), type)
      if (longer.width <= width) {
        current += word
        set = longer
        continue
      }
      if (current.trim() !== '') lines.push(set)
      current = ''
      set = await line('', type)
      for (const character of word) {
        const more = await line((current + character).trimEnd(), type)
        if (more.width > width && current !== '') {
          lines.push(set)
          current = character
          set = await line(character.trimEnd(), type)
        } else {
          current += character
          set = more
        }
      }
    }
    lines.push(set)
    return lines
  }

  return { line, wrap }
}

/** `y` is the top of the line, in millimetres from the top of the page. */
export const drawLine = (page: PDFPage, line: SetLine, x: number, y: number): void => {
  let at = x * POINTS_PER_MM
  const baseline = page.getHeight() - y * POINTS_PER_MM - line.size
  for (const { text, font } of line.runs) {
    page.drawText(text, { x: at, y: baseline, size: line.size, font })
    at += font.widthOfTextAtSize(text, line.size)
  }
}
