import {
  type FontFile,
  type FontRun,
  type FontStyle,
  fontRuns,
  isRearranged,
  isRightToLeft,
  oneRun,
} from '../fonts/index.ts'
import { escapeXml, tag } from './svg.ts'

export type SetText = { readonly markup: string; readonly faces: readonly FontFile[]; readonly rightToLeft: boolean }

/**
 * SARA AM stands as its two parts, the upper one under the tone mark, as shapers do it (HarfBuzz, hb-ot-shaper-thai): resvg
 * draws a character that a shaper takes apart over its neighbour.
 */
const thai = (text: string): string =>
  text.replace(/([\u0e48-\u0e4b]?)\u0e33/g, '\u0e4d$1\u0e32').replace(/([\u0ec8-\u0ecb]?)\u0eb3/g, '\u0ecd$1\u0eb2')

const isStrong = /\p{L}/u

/** By its first letter (UAX #9, rule P2). */
const startsRightToLeft = (text: string): boolean => {
  for (const character of text) if (isStrong.test(character)) return isRightToLeft(character)
  return false
}

const weight = ({ bold }: FontFile): number => (bold ? 700 : 400)

const span = ({ text, face }: FontRun): string =>
  tag(
    'tspan',
    { 'font-family': face.family, 'font-weight': weight(face), 'font-style': face.italic ? 'italic' : 'normal' },
    escapeXml(text),
  )

/** RIGHT-TO-LEFT ISOLATE … POP DIRECTIONAL ISOLATE: resvg lays out every line as if it were of a left-to-right text. */
const directed = (line: string, rightToLeft: boolean): string => thai(rightToLeft ? `\u2067${line}\u2069` : line)

/** One line as SVG, in fonts that have all of its characters; those that none has are told, and not drawn as boxes. */
export const setText = (
  line: string,
  style: FontStyle,
  language: string | null,
): SetText & { readonly missing: readonly string[] } => {
  // resvg 2.6.2 draws what changes places over its neighbour: it counts as missing.
  const readable = [...line].filter(character => !isRearranged(character)).join('')
  const rightToLeft = startsRightToLeft(line)
  const { runs, missing } = fontRuns(directed(readable, rightToLeft), style, language)
  return {
    markup: runs.map(span).join(''),
    faces: [...new Set(runs.map(run => run.face))],
    rightToLeft,
    missing: [...missing, ...[...new Set(line)].filter(character => isRearranged(character))],
  }
}

/** The same in one font; null = none has all of it. */
export const setInOneFont = (line: string, style: FontStyle, language: string | null): SetText | null => {
  const rightToLeft = startsRightToLeft(line)
  const run = oneRun(directed(line, rightToLeft), style, language)
  return run && { markup: span(run), faces: [run.face], rightToLeft }
}
