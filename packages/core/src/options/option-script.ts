/** Reading and editing of the options scripts (REQUIREMENTS N-6). Pure and small: it is bundled into the portal too. */
export * from './edit-script.ts'
export * from './option-table.ts'
export { allowedValues, writtenValue } from './option-value.ts'
export * from './parse-script.ts'
export type { ScriptWarning } from './script-warnings.ts'
