import type { Problem } from '@cardwright/contract'
import { t } from '../texts/t.ts'

/** A call that did not succeed: what happened, at which step, what now (RFC 9457 members of the server, or our own words). */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly step: string | undefined
  readonly advice: string | undefined
  readonly fields: Readonly<Record<string, string>>
  readonly instance: string | undefined

  constructor(problem: Omit<Problem, 'type' | 'title'>) {
    super(problem.detail)
    this.name = 'ApiError'
    this.status = problem.status
    this.code = problem.code
    this.step = problem.step
    this.advice = problem.advice
    this.fields = problem.fields ?? {}
    this.instance = problem.instance
  }
}

/** The request did not reach the server, or its answer was lost. */
export const networkError = (): ApiError =>
  new ApiError({
    status: 0,
    code: 'NETWORK',
    detail: t('error.network.what'),
    step: t('error.network.step'),
    advice: t('error.network.advice'),
  })

/** Whether the server has said how it ended: it was refused. Of all else nobody knows whether it was done, or goes on. */
export const isOutcome = ({ status, code }: ApiError): boolean =>
  status >= 400 && status < 500 && code !== 'IDEMPOTENCY_IN_PROGRESS'

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && 'detail' in value

export const errorFromAnswer = (status: number, body: unknown): ApiError =>
  isProblem(body)
    ? new ApiError({ ...body, status })
    : new ApiError({
        status,
        code: 'UNEXPECTED',
        detail: t('error.unexpected.what', { status }),
        step: t('error.unexpected.step'),
        advice: t('error.unexpected.advice'),
      })

export const asApiError = (error: unknown): ApiError =>
  error instanceof ApiError
    ? error
    : new ApiError({
        status: 0,
        code: 'PAGE',
        detail: error instanceof Error ? error.message : String(error),
        step: t('error.page.step'),
        advice: t('error.page.advice'),
      })
