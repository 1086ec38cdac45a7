/** The portal's own catalogue: a person finds what it says, and so does a test. */
export { actionText } from '../../apps/portal/src/format/audit.ts'
export { type TextKey, t } from '../../apps/portal/src/texts/t.ts'
