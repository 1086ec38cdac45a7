import { setImmediate as othersTurn } from 'node:timers/promises'
import type { Extent } from '../fonts/index.ts'

/** Where a line may be broken: after spaces and hyphens, and between ideographs (UAX #14, as far as a card needs it). */
const pieces =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}][\p{P}\p{M}]*|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])[^\s-])+-?|-|\s+/gu

/** These stand side by side as they are: no kerning, no joined forms. And a line of them is the dearest to measure. */
const setSolid = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{P}]*$/u
/** In em: so much more than the room a line of them must seem to need that it is not measured. */
const SURELY_TOO_LONG = 0.25

export type LineFit = {
  /** In em. */
  readonly room: number
  /** Of a piece, without what shaping makes of it. */
  readonly extentOf: (piece: string) => Extent
  /** Measured. */
  readonly fits: (line: string) => Promise<boolean>
  /** How many are wanted: what comes after them is seen by nobody. */
  readonly mostLines: number
}

type Piece = Extent & { readonly text: string; readonly isSpace: boolean }

const lineOf = (all: readonly Piece[]): string =>
  all
    .map(({ text }) => text)
    .join('')
    .trim()

/** What pieces seem to cover: from where the first is seen to where the last is, without the spaces at both ends. */
const seeming = (all: readonly Piece[]): number => {
  let at = 0
  let from: number | null = null
  let to = 0
  for (const { advance, left, right, isSpace } of all) {
    if (!isSpace) {
      from ??= at + left
      to = at + right
    }
    at += advance
  }
  return to - (from ?? 0)
}

/** How many pieces seem to fit: at least one. */
const guess = (all: readonly Piece[], room: number): number => {
  let taken = 1
  while (taken < all.length && seeming(all.slice(0, taken + 1)) <= room) taken++
  return taken
}

/** How many pieces make the longest line that fits: at least one. */
const longest = async (all: readonly Piece[], { room, fits }: LineFit): Promise<number> => {
  let taken = guess(all, room)
  const isTooLong = (line: readonly Piece[]) => setSolid.test(lineOf(line)) && seeming(line) > room + SURELY_TOO_LONG
  while (taken > 1 && !(await fits(lineOf(all.slice(0, taken))))) taken--
  while (taken < all.length) {
    const longer = all.slice(0, taken + 1)
    if (isTooLong(longer) || !(await fits(lineOf(longer)))) break
    taken++
  }
  return taken
}

const paragraphLines = async (paragraph: string, fit: LineFit, most: number): Promise<readonly string[]> => {
  const all: Piece[] = []
  for (const text of paragraph.match(pieces) ?? []) {
    // The outline of an ideograph is read from its font when it is met for the first time.
    if (all.length % 20 === 19) await othersTurn()
    all.push({ ...fit.extentOf(text), text, isSpace: text.trim() === '' })
  }
  const lines: string[] = []
  for (let start = 0; start < all.length && lines.length < most; ) {
    const rest = all.slice(start)
    const taken = await longest(rest, fit)
    const line = lineOf(rest.slice(0, taken))
    if (line !== '') lines.push(line)
    start += taken
  }
  return lines.length === 0 ? [''] : lines
}

/** Lines that each fit, as long as they can be; a word alone that does not fit is a line of its own. */
export const breakLines = async (text: string, fit: LineFit): Promise<readonly string[]> => {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    const most = fit.mostLines - lines.length
    if (most <= 0) break
    lines.push(...(await paragraphLines(paragraph, fit, most)))
  }
  return lines
}
