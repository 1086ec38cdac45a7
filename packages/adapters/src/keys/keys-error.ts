/**
 * Errors of the keys port. KEYS_LOCKED: the store is closed or its secret was not given · KEYS_WRONG_SECRET: passphrase or key
 * file do not open it · KEYS_UNKNOWN_KEY: no such key here · KEYS_SEAL_BROKEN: changed, cut off or of another context.
 * The message never holds a secret.
 */
export class KeysError extends Error {
  readonly code: 'KEYS_LOCKED' | 'KEYS_WRONG_SECRET' | 'KEYS_UNKNOWN_KEY' | 'KEYS_SEAL_BROKEN'
  constructor(code: KeysError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'KeysError'
    this.code = code
  }
}
