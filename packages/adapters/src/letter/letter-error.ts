type LetterErrorCode = 'CHARACTER_MISSING' | 'LETTER_TOO_LONG' | 'LOGO_UNREADABLE'

/** Why no letter can be made; known before anything is sent to a printer. Neither message nor fields hold what stands in it. */
export class LetterError extends Error {
  readonly code: LetterErrorCode
  constructor(code: LetterErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'LetterError'
    this.code = code
  }
}
