import { StoreError } from '@cardwright/core'

/** SQLSTATE classes (PostgreSQL appendix A) and errno of a lost socket. */
const full = new Set(['53100', 'ENOSPC', 'EDQUOT'])
const lost =
  /^(08...|57014|57P0[1-5]|25P03|25P04|53300|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|EAI_AGAIN)$/
const lostTexts =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/

export const codeOf = (error: unknown): string | undefined => {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** serialization_failure, deadlock_detected, lock_not_available: nothing was done, the whole work may run again. */
const again = new Set(['40001', '40P01', '55P03'])
export const mayRunAgain = (error: unknown): boolean => again.has(codeOf(error) ?? '')

const isUniqueViolation = (error: unknown): boolean => codeOf(error) === '23505'

/** DETAIL and CONTEXT of PostgreSQL repeat whole rows, and a logger prints every field of an error. */
const forgetRowValues = (error: unknown): void => {
  if (!(error instanceof Error)) return
  for (const field of ['detail', 'where', 'internalQuery', 'query', 'params']) {
    if (field in error) Reflect.deleteProperty(error, field)
  }
}

/** What the database refused, as the port's error; anything else comes back as it was, without row values. */
export const toStoreError = (error: unknown, doing: string): unknown => {
  if (error instanceof StoreError) return error
  forgetRowValues(error)
  const code = codeOf(error)
  const message = error instanceof Error ? error.message : ''
  // A full disk while extending a file is 53100; while writing WAL it ends the server process and comes as a lost connection.
  if (code && (full.has(code) || /No space left on device/.test(message))) {
    return new StoreError(
      'STORE_FULL',
      `The disk of the database is full (${doing}). Nothing was stored; free space and try again.`,
      { cause: error },
    )
  }
  if ((code && lost.test(code)) || lostTexts.test(message)) {
    return new StoreError(
      'STORE_UNAVAILABLE',
      `The database cannot be reached (${doing}). See that PostgreSQL runs, then try again.`,
      { cause: error },
    )
  }
  if (mayRunAgain(error) || isUniqueViolation(error)) {
    return new StoreError(
      'STORE_CONFLICT',
      `Somebody else changed the same thing at the same time (${doing}). Try again.`,
      { cause: error },
    )
  }
  return error
}
