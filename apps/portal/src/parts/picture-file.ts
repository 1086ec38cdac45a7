export type PictureFault = 'tooLarge' | 'kind' | 'broken'

/** Which files are taken: their media types, and how many bytes at most. */
export type PictureFile = { readonly types: readonly string[]; readonly limit: number }

/** What is wrong with a file before it is opened. */
export const pictureFault = (file: Pick<File, 'size' | 'type'>, { types, limit }: PictureFile): PictureFault | null =>
  !types.includes(file.type) ? 'kind' : file.size > limit ? 'tooLarge' : null

/** What a layout or a letter takes as a picture: a data URL of so many characters (packages/contract, layouts, deliveries). */
const mostCharacters = 1_400_000
export const drawnFile: PictureFile = {
  types: ['image/png', 'image/jpeg'],
  // Base64 writes three bytes in four characters, after a head.
  limit: Math.floor(((mostCharacters - 30) / 4) * 3),
}

/** A number of bytes as people say it: kB below a megabyte. */
export const bytes = (count: number): string =>
  count < 1_000_000
    ? `${new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 }).format(count / 1000)} kB`
    : `${new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 }).format(count / 1_000_000)} MB`
