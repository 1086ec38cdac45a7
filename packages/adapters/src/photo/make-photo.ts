import { PHOTO_HEIGHT, PHOTO_RATIO, PHOTO_UPLOAD_LIMIT, PHOTO_WIDTH } from '@cardwright/contract'
import { accept, type Outcome, refuse } from '@cardwright/core'
import { openPicture } from './open-picture.ts'

/** What to keep, in fractions of the picture as it is seen. */
export type Crop = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

const MAX_PIXELS = 50_000_000
/** Of the part that is kept: less than a quarter of the stored picture is not a face any more but spots. */
const LEAST_WIDTH = 120
const LEAST_HEIGHT = 154
/** What the table of photos takes. A face has a tenth of that; only noise gets there, and is no worse for being coarser. */
const MOST_BYTES = 500_000
const QUALITIES = [88, 60] as const

/** The largest part of this shape, from the middle of what is given. */
const ofRatio = (area: Crop): Crop => {
  const width = Math.min(area.width, area.height * PHOTO_RATIO)
  const height = Math.min(area.height, area.width / PHOTO_RATIO)
  return { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/** Whole pixels inside of the picture. */
const pixels = (crop: Crop, width: number, height: number) => {
  const part = ofRatio({
    x: crop.x * width,
    y: crop.y * height,
    width: Math.min(crop.width, 1 - crop.x) * width,
    height: Math.min(crop.height, 1 - crop.y) * height,
  })
  const left = Math.min(Math.round(part.x), width - 1)
  const top = Math.min(Math.round(part.y), height - 1)
  return {
    left,
    top,
    width: Math.max(1, Math.min(Math.round(part.width), width - left)),
    height: Math.max(1, Math.min(Math.round(part.height), height - top)),
  }
}

/**
 * An uploaded file (JPEG, PNG or WebP) as the photo that is stored: a JPEG of 490 × 630 in sRGB, upright, and without any of the
 * metadata that cameras add. PHOTO_NOT_A_PICTURE, PHOTO_TOO_LARGE (bytes or pixels), PHOTO_TOO_SMALL.
 */
export const makePhoto = async (file: Uint8Array, crop?: Crop): Promise<Outcome<Uint8Array>> => {
  if (file.length > PHOTO_UPLOAD_LIMIT) return refuse('PHOTO_TOO_LARGE')
  const picture = await openPicture(file, { formats: ['jpeg', 'png', 'webp'], pixels: MAX_PIXELS })
  if (!picture.ok) return refuse(picture.why === 'TOO_LARGE' ? 'PHOTO_TOO_LARGE' : 'PHOTO_NOT_A_PICTURE')
  const { width, height } = picture.metadata.autoOrient
  const part = pixels(crop ?? { x: 0, y: 0, width: 1, height: 1 }, width, height)
  if (part.width < LEAST_WIDTH || part.height < LEAST_HEIGHT)
    return refuse('PHOTO_TOO_SMALL', {
      width: part.width,
      height: part.height,
      leastWidth: LEAST_WIDTH,
      leastHeight: LEAST_HEIGHT,
    })
  try {
    // Transparent parts would come out black in a JPEG. sharp writes no metadata unless it is asked to.
    const face = picture
      .decode()
      .autoOrient()
      .extract(part)
      .flatten({ background: '#ffffff' })
      .resize(PHOTO_WIDTH, PHOTO_HEIGHT, { fit: 'fill' })
      .toColourspace('srgb')
    for (const quality of QUALITIES) {
      const jpeg = await face.clone().jpeg({ quality, chromaSubsampling: '4:4:4' }).toBuffer()
      if (jpeg.length <= MOST_BYTES) return accept(Uint8Array.from(jpeg))
    }
    return refuse('PHOTO_TOO_LARGE')
  } catch {
    return refuse('PHOTO_NOT_A_PICTURE')
  }
}
