/** What a layout takes as a picture: PNG or JPEG, as a data URL of so many characters (packages/contract, layouts). */
const mostCharacters = 1_400_000
/** Base64 writes three bytes in four characters, after a head. */
export const pictureLimit = Math.floor(((mostCharacters - 30) / 4) * 3)
export const pictureTypes: readonly string[] = ['image/png', 'image/jpeg']

export type PictureFault = 'tooLarge' | 'kind' | 'broken'

export const pictureFault = (file: Pick<File, 'size' | 'type'>): PictureFault | null =>
  !pictureTypes.includes(file.type) ? 'kind' : file.size > pictureLimit ? 'tooLarge' : null

/** A number of bytes as people say it: kB below a megabyte. */
export const bytes = (count: number): string =>
  count < 1_000_000
    ? `${new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 }).format(count / 1000)} kB`
    : `${new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 }).format(count / 1_000_000)} MB`
