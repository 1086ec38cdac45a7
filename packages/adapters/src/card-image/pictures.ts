import { openPicture } from '../photo/index.ts'

/** Of pictures in a layout: a card at 300 dpi has 0.6 million pixels. */
const MAX_PIXELS = 16_000_000
/** All that is decoded, and all that is placed, for one card: two large backgrounds, and many small pictures. */
const MAX_PIXELS_TOGETHER = 40_000_000

export type PlacedPicture = { readonly ok: true; readonly href: string } | { readonly ok: false; readonly why: string }

const reasons = {
  NOT_A_PICTURE: 'it is neither PNG nor JPEG, or damaged',
  TOO_LARGE: 'it has more than 16 million pixels',
  TOO_MUCH: 'the pictures of this layout have more than 40 million pixels together',
} as const
const refused = (why: keyof typeof reasons): PlacedPicture => ({ ok: false, why: reasons[why] })

const href = (png: Uint8Array): string => `data:image/png;base64,${Buffer.from(png).toString('base64')}`

type Size = { readonly width: number; readonly height: number }
type Fit = 'inside' | 'cover'

/**
 * A PNG of just the pixels that are printed. What goes into the drawing was decoded and written anew here, so the renderer sees
 * neither a foreign file nor a link. `inside`: all of it, with room left; `cover`: the whole box, its edges cut.
 */
export type Pictures = {
  /** Of a layout: what is no data URL is no picture, so that nothing is ever fetched. */
  readonly place: (picture: string | Uint8Array, size: Size, fit: Fit) => Promise<PlacedPicture>
}

/** The pictures of one card. They share what may be decoded; one that stands there several times in one size is decoded once. */
export const createPictures = (open: typeof openPicture = openPicture): Pictures => {
  const known = new Map<string | Uint8Array, Map<string, PlacedPicture>>()
  let pixels = 0
  const spend = ({ width, height }: Size): boolean => {
    pixels += width * height
    return pixels <= MAX_PIXELS_TOGETHER
  }

  const decode = async (given: string | Uint8Array, size: Size, fit: Fit): Promise<PlacedPicture> => {
    const bytes = typeof given === 'string' ? bytesOf(given) : given
    const picture = await open(bytes, { formats: ['png', 'jpeg'], pixels: MAX_PIXELS })
    if (!picture.ok) return refused(picture.why)
    if (!spend(picture.metadata)) return refused('TOO_MUCH')
    try {
      const png = await picture
        .decode()
        .autoOrient()
        .resize({
          ...size,
          fit: fit === 'cover' ? 'cover' : 'contain',
          background: { r: 0, g: 0, b: 0, alpha: 0 },
        })
        .toColourspace('srgb')
        .png({ compressionLevel: 1 })
        .toBuffer()
      return { ok: true, href: href(png) }
    } catch {
      return refused('NOT_A_PICTURE')
    }
  }

  return {
    place: async (given, size, fit) => {
      if (!spend(size)) return refused('TOO_MUCH')
      const ofGiven = known.get(given) ?? new Map<string, PlacedPicture>()
      known.set(given, ofGiven)
      const how = `${size.width}x${size.height} ${fit}`
      const placed = ofGiven.get(how) ?? (await decode(given, size, fit))
      ofGiven.set(how, placed)
      return placed
    },
  }
}

const dataUrl = /^data:image\/(?:png|jpeg);base64,([A-Za-z0-9+/]+=*)$/

const bytesOf = (picture: string): Uint8Array => {
  const found = dataUrl.exec(picture)
  return found?.[1] ? Buffer.from(found[1], 'base64') : new Uint8Array()
}
