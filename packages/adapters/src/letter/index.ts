export { type LetterContent, letterPdf } from './letter.ts'
export { LetterError, type LetterErrorCode } from './letter-error.ts'
export { readLogo } from './logo.ts'
