import type { Directory } from '@cardwright/core'

/** The directory as it is configured now; null = none. A new one after each change of the settings. */
export type CurrentDirectory = () => Promise<Directory | null>
