export { charactersOf } from './character-map.ts'
export { allFontFiles, type FontFile, type FontKind, type FontStyle } from './font-files.ts'
export { type FontRun, fontRuns } from './runs.ts'
