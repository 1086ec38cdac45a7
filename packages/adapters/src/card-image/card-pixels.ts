import type { LayoutElement } from '@cardwright/core'

/** 300 dpi of 85.60 × 53.98 mm (ISO/IEC 7810 ID-1): 1011.02 × 637.56, in whole pixels. */
export const CARD_PIXELS = { width: 1011, height: 638 } as const
export const PIXELS_PER_MM = 300 / 25.4
export const PIXELS_PER_POINT = 300 / 72

export type PixelBox = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/**
 * The box of an element on whole pixels, so that edges and the modules of barcodes are sharp. Within it, things are drawn as
 * if it lay: `width` and `height` are those before the turn, `place` turns them and puts them where they belong.
 */
export const lyingBox = ({ x, y, width, height, rotation }: LayoutElement): PixelBox & { readonly place: string } => {
  const left = Math.round(x * PIXELS_PER_MM)
  const top = Math.round(y * PIXELS_PER_MM)
  const right = Math.max(left + 1, Math.round((x + width) * PIXELS_PER_MM))
  const bottom = Math.max(top + 1, Math.round((y + height) * PIXELS_PER_MM))
  const [w, h] = [right - left, bottom - top]
  // A matrix of whole numbers: a rotation by degrees would bring the error of a sine.
  switch (rotation) {
    case 90:
      return { x: 0, y: 0, width: h, height: w, place: `matrix(0 1 -1 0 ${right} ${top})` }
    case 180:
      return { x: 0, y: 0, width: w, height: h, place: `matrix(-1 0 0 -1 ${right} ${bottom})` }
    case 270:
      return { x: 0, y: 0, width: h, height: w, place: `matrix(0 -1 1 0 ${left} ${bottom})` }
    default:
      return { x: 0, y: 0, width: w, height: h, place: `matrix(1 0 0 1 ${left} ${top})` }
  }
}
