import { measures } from 'virtual:contract'
import type { PictureFile } from '../parts/picture-file.ts'

/** What a photo may be uploaded as. */
export const photoFile: PictureFile = {
  types: ['image/jpeg', 'image/png', 'image/webp'],
  limit: measures.photoUploadLimit,
}
