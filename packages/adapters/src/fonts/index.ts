export { type Extent, extentOf } from './extents.ts'
export type { FontFile, FontStyle } from './font-files.ts'
export { fontBytes, parsedFont } from './parsed-font.ts'
export { type FontRun, fontRuns, isRearranged, isRightToLeft, oneRun } from './runs.ts'
