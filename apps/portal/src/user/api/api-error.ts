import type { Problem } from '@cardwright/contract'
import { t } from '../texts/t.ts'

/** A call that did not succeed, in words for the person in front of it: what happened, what now. */
export class ApiError extends Error {
  /** 0 = no answer of the server. */
  readonly status: number
  readonly code: string
  readonly advice: string
  /** Names the log lines of the request. */
  readonly reference: string | undefined

  constructor(status: number, code: string, what: string, advice: string, reference?: string) {
    super(what)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.advice = advice
    this.reference = reference
  }
}

export const networkError = (): ApiError =>
  new ApiError(0, 'NETWORK', t('error.network.what'), t('error.network.advice'))

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && 'detail' in value

export const errorFromAnswer = (status: number, body: unknown): ApiError =>
  isProblem(body)
    ? new ApiError(status, body.code, body.detail, body.advice ?? '', body.instance)
    : new ApiError(status, 'UNEXPECTED', t('error.unexpected.what', { status }), t('error.unexpected.advice'))

export const asApiError = (error: unknown): ApiError => {
  if (error instanceof ApiError) return error
  const what = error instanceof Error ? error.message : String(error)
  return new ApiError(0, 'PAGE', what, t('error.unexpected.advice'))
}
