import sharp, { type Metadata, type Sharp } from 'sharp'

export type PictureFormat = 'jpeg' | 'png' | 'webp'
export type PictureLimits = {
  readonly formats: readonly PictureFormat[]
  /** Width times height of what is decoded. */
  readonly pixels: number
}
export type NoPicture = { readonly ok: false; readonly why: 'NOT_A_PICTURE' | 'TOO_LARGE' }
export type OpenedPicture = { readonly ok: true; readonly metadata: Metadata; readonly decode: () => Sharp }

const startsWith = (bytes: Uint8Array, at: number, ...values: readonly number[]): boolean =>
  values.every((value, index) => bytes[at + index] === value)

/** By content: what a file is called, or says of itself, does not count. */
const formatOf = (bytes: Uint8Array): PictureFormat | null => {
  if (startsWith(bytes, 0, 0xff, 0xd8, 0xff)) return 'jpeg'
  if (startsWith(bytes, 0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png'
  if (startsWith(bytes, 0, 0x52, 0x49, 0x46, 0x46) && startsWith(bytes, 8, 0x57, 0x45, 0x42, 0x50)) return 'webp'
  return null
}

/** A picture that takes longer than this to decode is none that a person wants on a card. */
const SECONDS = 5

/**
 * Looks at the head of a picture without decoding it: a file of some kilobytes may unfold to gigabytes. `decode` is bound by
 * the same limit and by time; it fails for what is cut off or damaged.
 */
export const openPicture = async (bytes: Uint8Array, limits: PictureLimits): Promise<OpenedPicture | NoPicture> => {
  const format = formatOf(bytes)
  if (format === null || !limits.formats.includes(format)) return { ok: false, why: 'NOT_A_PICTURE' }
  const open = () =>
    sharp(bytes, { limitInputPixels: limits.pixels, failOn: 'truncated', pages: 1 }).timeout({ seconds: SECONDS })
  try {
    const metadata = await sharp(bytes, { limitInputPixels: false, pages: 1 }).metadata()
    if (metadata.format !== format) return { ok: false, why: 'NOT_A_PICTURE' }
    if (metadata.width * metadata.height > limits.pixels) return { ok: false, why: 'TOO_LARGE' }
    return { ok: true, metadata, decode: open }
  } catch {
    return { ok: false, why: 'NOT_A_PICTURE' }
  }
}
