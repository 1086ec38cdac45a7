export { type Crop, makePhoto } from './make-photo.ts'
export {
  type NoPicture,
  type OpenedPicture,
  openPicture,
  type PictureFormat,
  type PictureLimits,
} from './open-picture.ts'
