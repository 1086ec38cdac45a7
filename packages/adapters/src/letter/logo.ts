import sharp from 'sharp'
import { LetterError } from './letter-error.ts'

/** As decoded. A picture of a few kilobytes can claim to be gigabytes. */
const MOST_PIXELS = 16_000_000
/** 60 mm at 600 dpi: more is not seen. */
const MOST_ACROSS = 1417

/** A data URL as PNG without metadata, no larger than is seen. Throws LetterError LOGO_UNREADABLE. */
export const readLogo = async (dataUrl: string): Promise<Uint8Array> => {
  const bytes = Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64')
  try {
    return await sharp(bytes, { limitInputPixels: MOST_PIXELS })
      .resize(MOST_ACROSS, MOST_ACROSS, { fit: 'inside', withoutEnlargement: true })
      .png()
      .toBuffer()
  } catch (cause) {
    throw new LetterError('LOGO_UNREADABLE', 'the logo is no picture that can be read', { cause })
  }
}
