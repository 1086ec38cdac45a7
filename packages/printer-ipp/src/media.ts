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
const sizeOfName = (name: string): Size | null => {
  const match = /_([0-9.]+)x([0-9.]+)(mm|in)$/.exec(name)
  if (!match) return null
  const unit = match[3] === 'in' ? 2540 : 100
  return { x: Math.round(Number(match[1]) * unit), y: Math.round(Number(match[2]) * unit) }
}

const differs = (size: Size, wanted: Size): number => Math.max(Math.abs(size.x - wanted.x), Math.abs(size.y - wanted.y))

/** What to ask for: a name that the printer has, or a size that it has or can be given. `landscape`: its wider side is across. */
export type MediaChoice = {
  readonly name: string | null
  readonly size: Size
  readonly landscape: boolean
}

const isRange = (value: IppValue | undefined): value is IppRange =>
  typeof value === 'object' && !!value && 'lower' in value
const isCollection = (value: IppValue): value is IppCollection =>
  typeof value === 'object' && !!value && 'members' in value

/** Of a range what is wanted, if it is in it; of a fixed size that size, which the printer has and no other. */
const sizeIn = ({ members }: IppCollection, wanted: Size): Size | null => {
  const along = (name: string, length: number): number | null => {
    const value = members.get(name)?.[0]
    if (isRange(value)) return value.lower <= length && length <= value.upper ? length : null
    return typeof value === 'number' ? value : null
  }
  const [x, y] = [along('x-dimension', wanted.x), along('y-dimension', wanted.y)]
  return x === null || y === null ? null : { x, y }
}

/** PWG 5101.1 §5: the ends of a range of sizes are no media. */
const isEndOfRange = (name: string): boolean => /^(?:custom|roll)_(?:min|max)_/.test(name)

type Candidate = MediaChoice & { readonly far: number }

/** The page upright and across, where `sizeFor` has it so. */
const candidates = (wanted: Size, name: string | null, sizeFor: (page: Size) => Size | null): readonly Candidate[] =>
  [wanted, { x: wanted.y, y: wanted.x }].flatMap((page, turns) => {
    const size = sizeFor(page)
    const far = size === null ? Number.POSITIVE_INFINITY : differs(size, page)
    return size !== null && far <= TOLERANCE ? [{ name, size, landscape: turns === 1, far }] : []
  })

const nearest = (all: readonly Candidate[]): MediaChoice | null => {
  const [first] = all.toSorted((a, b) => a.far - b.far || Number(a.landscape) - Number(b.landscape))
  return first ? { name: first.name, size: first.size, landscape: first.landscape } : null
}

/**
 * The printer's medium for a page, the nearest first. `null` = it has others, but not this one. A printer that names no
 * media is asked for the size.
 */
export const chooseMedia = (attributes: IppAttributes, media: PrintMedia): MediaChoice | null => {
  const wanted = SIZES[media]
  const names = strings(attributes, 'media-supported')
  const sizes = (attributes.get('media-size-supported') ?? []).filter(isCollection)
  const named = names
    .filter(name => !isEndOfRange(name))
    .flatMap(name => candidates(wanted, name, () => sizeOfName(name)))
  const sized = sizes.flatMap(size => candidates(wanted, null, page => sizeIn(size, page)))
  const chosen = nearest(named) ?? nearest(sized)
  if (chosen) return chosen
  return names.length === 0 && sizes.length === 0 ? { name: null, size: wanted, landscape: false } : null
}
