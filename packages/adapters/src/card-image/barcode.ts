import bwipjs from 'bwip-js/node'

/** Modules of a symbol, without its quiet zone; one row stands for all of a linear one. */
export type Symbol2D = { readonly width: number; readonly rows: readonly (readonly boolean[])[] }

type Symbology = 'CODE128' | 'QR'

/** In modules on each side: ISO/IEC 15417 §4.7 (10) and ISO/IEC 18004 §6.3.8 (4). */
export const quietZone: Readonly<Record<Symbology, number>> = { CODE128: 10, QR: 4 }
/** Device pixels of 1/300 inch a module: less is smeared by the printer. 2 = 0.17 mm, 3 = 0.25 mm. */
export const leastModule: Readonly<Record<Symbology, number>> = { CODE128: 2, QR: 3 }

type Linear = { readonly sbs: readonly number[] }
type Matrix = { readonly pixs: readonly number[]; readonly pixx: number; readonly pixy: number }

const bars = ({ sbs }: Linear): Symbol2D => {
  const row = sbs.flatMap((width, index) => Array.from({ length: width }, () => index % 2 === 0))
  return { width: row.length, rows: [row] }
}

const matrix = ({ pixs, pixx, pixy }: Matrix): Symbol2D => ({
  width: pixx,
  rows: Array.from({ length: pixy }, (_, y) => Array.from({ length: pixx }, (_, x) => pixs[y * pixx + x] === 1)),
})

/** `eclevel` is an option of this symbology alone, which the library's types leave out. */
const qrOptions = { eclevel: 'M', parsefnc: true }

/** Extended Channel Interpretation 26 = UTF-8 (ISO/IEC 18004 §7.4.2): without it readers guess. `^` begins a function there. */
const withEncoding = (text: string): string => {
  const escaped = text.replaceAll('^', '^^')
  return /[^ -~]/.test(text) ? `^ECI000026${escaped}` : escaped
}

/** Null where the symbology cannot hold the text. QR holds UTF-8, with error correction M (15 %). */
export const encodeBarcode = (symbology: Symbology, text: string): Symbol2D | null => {
  try {
    if (symbology === 'CODE128') {
      const [symbol] = bwipjs.raw('code128', text, {}) as Linear[]
      return symbol ? bars(symbol) : null
    }
    const [symbol] = bwipjs.raw('qrcode', withEncoding(text), qrOptions) as Matrix[]
    return symbol ? matrix(symbol) : null
  } catch {
    return null
  }
}

/** Scanners look for a difference of light: WCAG's relative luminance against white. */
export const isDarkEnough = (colour: string): boolean => {
  const channel = (at: number) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
  return 1.05 / (luminance + 0.05) >= 4
}
