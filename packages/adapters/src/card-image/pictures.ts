import { openPicture } from '../photo/index.ts'

/** Of pictures in a layout: a card at 300 dpi has 0.6 million pixels. */
const MAX_PIXELS = 16_000_000

export type PlacedPicture = { readonly ok: true; readonly href: string } | { readonly ok: false; readonly why: string }

const reasons = {
  NOT_A_PICTURE: 'it is neither PNG nor JPEG, or damaged',
  TOO_LARGE: 'it has more than 16 million pixels',
} as const

const href = (png: Uint8Array): string => `data:image/png;base64,${Buffer.from(png).toString('base64')}`

/**
 * A PNG of just the pixels that are printed. What goes into the drawing was decoded and written anew here, so the renderer sees
 * neither a foreign file nor a link. `inside`: all of it, with room left; `cover`: the whole box, its edges cut.
 */
export const placePicture = async (
  bytes: Uint8Array,
  size: { readonly width: number; readonly height: number },
  fit: 'inside' | 'cover',
): Promise<PlacedPicture> => {
  const picture = await openPicture(bytes, { formats: ['png', 'jpeg'], pixels: MAX_PIXELS })
  if (!picture.ok) return { ok: false, why: reasons[picture.why] }
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
    return { ok: false, why: reasons.NOT_A_PICTURE }
  }
}

const dataUrl = /^data:image\/(?:png|jpeg);base64,([A-Za-z0-9+/]+=*)$/

/** The bytes of a layout's picture; what is no data URL is no picture, so that nothing is ever fetched. */
export const bytesOf = (picture: string): Uint8Array => {
  const found = dataUrl.exec(picture)
  return found?.[1] ? Buffer.from(found[1], 'base64') : new Uint8Array()
}
