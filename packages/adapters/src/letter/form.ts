import { type LetterSettings, letterPapers } from '@cardwright/core'

/** Millimetres from the upper left corner of the page. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

export type Form = {
  readonly width: number
  readonly height: number
  /** What shows in the window: the sender on its first line, then the holder. */
  readonly address: Box
  /** The logo is fitted in, away from the window's side. */
  readonly logo: Box
  readonly left: number
  readonly right: number
  readonly subject: number
  readonly bottom: number
}

const LOGO = { width: 60, height: 25 }
const LEFT = 25
const RIGHT = 20

/**
 * A4: the address field of DIN 5008 form B, 85 × 45 mm at 20/45 mm, of which the upper 17.7 mm are for notes and the
 * sender. US Letter folded in three for a #10 envelope: what its window (4½ × 1⅛ inch, ⅞ inch from the left, ½ inch
 * from the bottom) shows wherever the sheet slides.
 */
const forms = {
  A4: { address: { x: 23, y: 59, width: 82, height: 31 }, subject: 103 },
  LETTER: { address: { x: 23, y: 63.5, width: 85, height: 17 }, subject: 98 },
} as const

export const formOf = ({ paper, window }: Pick<LetterSettings, 'paper' | 'window'>): Form => {
  const { width, height } = letterPapers[paper]
  const { address, subject } = forms[paper]
  const atRight = window === 'RIGHT'
  return {
    width,
    height,
    address: { ...address, x: atRight ? width - address.x - address.width : address.x },
    logo: { ...LOGO, x: atRight ? LEFT : width - RIGHT - LOGO.width, y: 12 },
    left: LEFT,
    right: width - RIGHT,
    subject,
    bottom: height - 20,
  }
}
