export type PkiErrorCode =
  /** The bytes are not the DER that the structure asks for. */
  | 'der-malformed'
  /** The input is larger than the decoder's bound. */
  | 'too-large'
  /** A value given for encoding does not fit the structure. */
  | 'value-invalid'
  /** A key or signature algorithm that this package does not handle. */
  | 'algorithm-unsupported'

/** The only error this package throws for bad input; anything else that escapes is a defect. Carries no secret. */
export class PkiError extends Error {
  readonly code: PkiErrorCode
  constructor(code: PkiErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'PkiError'
    this.code = code
  }
}

export const malformed = (what: string) => new PkiError('der-malformed', what)
