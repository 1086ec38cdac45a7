import { openPicture } from '../photo/index.ts'
import { LetterError } from './letter-error.ts'

/** As decoded. A picture of a few kilobytes can claim to be gigabytes. */
const MOST_PIXELS = 16_000_000
/** 60 mm at 600 dpi: more is not seen. */
const MOST_ACROSS = 1417

/**
 * A data URL of a PNG or JPEG as PNG without metadata, no larger than is seen. What the URL says of itself does not count.
 * Throws LetterError LOGO_UNREADABLE.
 */
export const readLogo = async (dataUrl: string): Promise<Uint8Array> => {
  const bytes = Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64')
  const picture = await openPicture(bytes, { formats: ['png', 'jpeg'], pixels: MOST_PIXELS })
  if (!picture.ok) throw new LetterError('LOGO_UNREADABLE', 'the logo is no picture that can be read')
  try {
    return await picture
      .decode()
      .resize(MOST_ACROSS, MOST_ACROSS, { fit: 'inside', withoutEnlargement: true })
      .png()
      .toBuffer()
  } catch (cause) {
    throw new LetterError('LOGO_UNREADABLE', 'the logo is no picture that can be read', { cause })
  }
}
