export { type LetterContent, letterPdf } from './letter.ts'
export { LetterError } from './letter-error.ts'
export { readLogo } from './logo.ts'
