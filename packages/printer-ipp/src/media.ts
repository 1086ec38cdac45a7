import { type IppAttributes, type IppCollection, type IppRange, type IppValue, strings } from './message/message.ts'
import type { PrintMedia } from './printer.ts'

/** Hundredths of a millimetre, as PWG 5100.3 has them. */
type Size = { readonly x: number; readonly y: number }

/** What `chooseMedia` reads (RFC 8011 §5.2.11, PWG 5100.7). */
export const MEDIA_ATTRIBUTES = ['media-supported', 'media-size-supported'] as const

/** ISO/IEC 7810 ID-1 (CR80), ISO 216 and ANSI, the shorter side first. */
const SIZES: Record<PrintMedia, Size> = {
  CR80: { x: 5398, y: 8560 },
  A4: { x: 21000, y: 29700 },
  LETTER: { x: 21590, y: 27940 },
}

/**
 * Makers of card printers round CR80 to points or tenths of a millimetre, and with "edge to edge" add the bleed:
 * 54 × 86 mm, 55 × 87 mm. A4 and Letter are 5.9 mm apart.
 */
const TOLERANCE = 150

/** The size at the end of a self-describing name (PWG 5101.1 §5): `iso_a4_210x297mm`, `na_letter_8.5x11in`. */
export const sizeOfName = (name: string): Size | null => {
  const match = /_([0-9.]+)x([0-9.]+)(mm|in)$/.exec(name)
  if (!match) return null
  const unit = match[3] === 'in' ? 2540 : 100
  return { x: Math.round(Number(match[1]) * unit), y: Math.round(Number(match[2]) * unit) }
}

const differs = (size: Size, wanted: Size): number => Math.max(Math.abs(size.x - wanted.x), Math.abs(size.y - wanted.y))
const turned = ({ x, y }: Size): Size => ({ x: y, y: x })
const fits = (size: Size, wanted: Size): boolean => differs(size, wanted) <= TOLERANCE

/** What to ask for: a name that the printer has, or a size that it can be given. `landscape`: its wider side is across. */
export type MediaChoice = {
  readonly name: string | null
  readonly size: Size
  readonly landscape: boolean
}

const isRange = (value: IppValue | undefined): value is IppRange =>
  typeof value === 'object' && !!value && 'lower' in value
const isCollection = (value: IppValue): value is IppCollection =>
  typeof value === 'object' && !!value && 'members' in value

const takes = (collection: IppCollection, { x, y }: Size): boolean => {
  const within = (name: string, wanted: number) => {
    const value = collection.members.get(name)?.[0]
    if (isRange(value)) return value.lower <= wanted && wanted <= value.upper
    return typeof value === 'number' && Math.abs(value - wanted) <= TOLERANCE
  }
  return within('x-dimension', x) && within('y-dimension', y)
}

const isRangeName = (name: string): boolean => /^custom_(?:min|max)_/.test(name)

/**
 * The printer's medium for a page, the nearest first. `null` = it has others, but not this one. A printer that names no
 * media is asked for the size.
 */
export const chooseMedia = (attributes: IppAttributes, media: PrintMedia): MediaChoice | null => {
  const wanted = SIZES[media]
  const names = strings(attributes, 'media-supported')
  const named = names
    .filter(name => !isRangeName(name))
    .map(name => ({ name, size: sizeOfName(name) }))
    .filter((one): one is { name: string; size: Size } => one.size !== null)
  const candidates = [
    ...named
      .filter(({ size }) => fits(size, wanted))
      .map(one => ({ ...one, landscape: false, far: differs(one.size, wanted) })),
    ...named
      .filter(({ size }) => fits(size, turned(wanted)))
      .map(one => ({ ...one, landscape: true, far: differs(one.size, turned(wanted)) })),
  ].sort((a, b) => a.far - b.far)
  const [nearest] = candidates
  if (nearest) return { name: nearest.name, size: nearest.size, landscape: nearest.landscape }
  const ranges = (attributes.get('media-size-supported') ?? []).filter(isCollection)
  if (ranges.some(range => takes(range, wanted))) return { name: null, size: wanted, landscape: false }
  if (ranges.some(range => takes(range, turned(wanted)))) return { name: null, size: turned(wanted), landscape: true }
  return names.length === 0 && ranges.length === 0 ? { name: null, size: wanted, landscape: false } : null
}
