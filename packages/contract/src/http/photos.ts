import { z } from 'zod'
import { route } from '../route.ts'
import { base64, id, timestamp } from '../vocabulary.ts'

/** Width : height of a portrait (ISO/IEC 19794-5 full frontal, as passports have it). */
export const PHOTO_RATIO = 35 / 45
/** Pixels of the stored picture. */
export const PHOTO_WIDTH = 490
export const PHOTO_HEIGHT = 630
/** Bytes of an uploaded file. */
export const PHOTO_UPLOAD_LIMIT = 8_000_000
/** The same as base64. */
const LONGEST_FILE = Math.ceil(PHOTO_UPLOAD_LIMIT / 3) * 4

export const photo = z.object({
  /** JPEG as a base64 data URL; null = none. */
  picture: z.string().nullable(),
  changedAt: timestamp.nullable(),
})
export type Photo = z.infer<typeof photo>

export const photoRoutes = {
  getPhoto: route({
    id: 'getPhoto',
    method: 'GET',
    path: '/api/users/:id/photo',
    tag: 'users',
    summary: "A user's photo",
    access: 'user.read',
    about: 'user',
    params: z.object({ id }),
    answer: photo,
  }),
  putPhoto: route({
    id: 'putPhoto',
    method: 'PUT',
    path: '/api/users/:id/photo',
    tag: 'users',
    summary: 'Set the photo: cropped to 35 : 45, made small, freed of its metadata',
    access: 'user.photo',
    about: 'user',
    params: z.object({ id }),
    /** The file as base64, and some bytes for the crop. */
    bodyLimit: LONGEST_FILE + 1024,
    body: z.object({
      /** JPEG, PNG or WebP, base64. */
      file: base64(LONGEST_FILE),
      /** What to keep, in fractions of the picture as it is seen (its orientation heeded); absent = the middle. */
      crop: z
        .object({
          x: z.number().min(0).max(1),
          y: z.number().min(0).max(1),
          width: z.number().min(0.01).max(1),
          height: z.number().min(0.01).max(1),
        })
        .optional(),
    }),
    answer: photo,
  }),
  deletePhoto: route({
    id: 'deletePhoto',
    method: 'DELETE',
    path: '/api/users/:id/photo',
    tag: 'users',
    summary: 'Remove the photo',
    access: 'user.photo',
    about: 'user',
    params: z.object({ id }),
    answer: photo,
  }),
}
