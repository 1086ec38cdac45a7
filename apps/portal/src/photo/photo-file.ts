/** What a photo may be uploaded as. */
export const photoTypes: readonly string[] = ['image/jpeg', 'image/png', 'image/webp']

export type PhotoFault = 'tooLarge' | 'kind' | 'broken'

/** What is wrong with a file before it is opened. */
export const photoFault = (file: Pick<File, 'size' | 'type'>, limit: number): PhotoFault | null =>
  !photoTypes.includes(file.type) ? 'kind' : file.size > limit ? 'tooLarge' : null
