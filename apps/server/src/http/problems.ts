import { BadCursorError } from '@cardwright/adapters/db'
import type { Problem } from '@cardwright/contract'
import {
  DirectoryError,
  fillText,
  holderTexts,
  MailError,
  type MailErrorCode,
  type Outcome,
  type Refusal,
  RefusalError,
  refusalTexts,
  refuse,
  StoreError,
} from '@cardwright/core'
import type { FastifyError, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { problemOfDirectory } from './directory-problems.ts'
import { type EdgeProblemCode, edgeProblems } from './problem-texts.ts'
import { statusOfRefusal, titleOfRefusal } from './refusal-problems.ts'

type Params = Readonly<Record<string, string | number>>

/** A refusal of the HTTP edge. */
export class EdgeError extends Error {
  readonly code: EdgeProblemCode
  readonly params: Params
  readonly fields: Readonly<Record<string, string>> | undefined
  constructor(code: EdgeProblemCode, params: Params = {}, fields?: Readonly<Record<string, string>>) {
    super(code)
    this.name = 'EdgeError'
    this.code = code
    this.params = params
    this.fields = fields
  }
}

/** The value of an outcome; a refusal goes on its way to the problem document. */
export const accepted = <T>(outcome: Outcome<T>): T => {
  if (outcome.ok) return outcome.value
  throw new RefusalError(outcome)
}

export const edgeProblem = (code: EdgeProblemCode, params: Params = {}): Problem => {
  const { status, title, detail, advice } = edgeProblems[code]
  return { type: typeOf(code), title, status, code, detail: fillText(detail, params), advice: fillText(advice, params) }
}

/** Who reads a problem: operators, or in the User portal the holder of a device. */
export type Audience = 'operator' | 'holder'
const texts = { operator: refusalTexts, holder: holderTexts } as const

/** The User portal's routes have an address of their own. */
export const audienceOf = ({ routeOptions }: FastifyRequest): Audience =>
  routeOptions.url?.startsWith('/api/user/') ? 'holder' : 'operator'

export const problemOfRefusal = ({ code, params }: Refusal, audience: Audience = 'operator'): Problem => {
  const { what, advice } = texts[audience][code]
  return {
    type: typeOf(code),
    title: titleOfRefusal(code),
    status: statusOfRefusal(code),
    code,
    detail: fillText(what, params),
    advice: fillText(advice, params),
  }
}

const mailProblems: Readonly<Record<MailErrorCode, { readonly status: number; readonly title: string }>> = {
  MAIL_NOT_CONFIGURED: { status: 409, title: 'No mail server' },
  MAIL_UNREACHABLE: { status: 503, title: 'Mail server not reachable' },
  MAIL_TLS: { status: 502, title: 'No protected connection' },
  MAIL_REFUSED: { status: 502, title: 'Mail not accepted' },
}

const typeOf = (code: string): string => `urn:cardwright:problem:${code.toLowerCase().replaceAll('_', '-')}`

/**
 * Any error as an RFC 9457 problem document. What is not expected becomes INTERNAL: its message may hold anything, so
 * it goes to the log and never to the wire.
 */
export const toProblem = (error: unknown, audience: Audience = 'operator'): Problem => {
  if (error instanceof EdgeError) {
    const problem = edgeProblem(error.code, error.params)
    return error.fields ? { ...problem, fields: { ...error.fields } } : problem
  }
  if (error instanceof RefusalError) return problemOfRefusal(error.refusal, audience)
  if (error instanceof MailError) {
    const { code, message, advice } = error
    return { type: typeOf(code), ...mailProblems[code], code, detail: message, advice }
  }
  if (error instanceof DirectoryError) return { type: typeOf(error.code), ...problemOfDirectory(error) }
  if (error instanceof StoreError) {
    const code = error.code === 'STORE_CONFLICT' ? 'VERSION_CONFLICT' : error.code
    return problemOfRefusal({ ok: false, code, params: {} }, audience)
  }
  if (error instanceof BadCursorError) return { ...edgeProblem('INPUT_INVALID'), fields: { cursor: error.message } }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fields: Record<string, string> = {}
    for (const issue of error.validation) fields[issue.instancePath.replace(/^\//, '')] = issue.message ?? 'not valid'
    return { ...edgeProblem('INPUT_INVALID'), fields }
  }
  const code = codeOfFastify(error)
  return code === 'INTERNAL' && audience === 'holder' ? problemOfRefusal(refuse(code), audience) : edgeProblem(code)
}

const codeOfFastify = (error: unknown): EdgeProblemCode => {
  const { code, statusCode } = error as Partial<FastifyError>
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'BODY_TOO_LARGE'
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return 'MEDIA_TYPE_NOT_ACCEPTED'
  if (statusCode === 400) return 'INPUT_INVALID'
  return 'INTERNAL'
}
