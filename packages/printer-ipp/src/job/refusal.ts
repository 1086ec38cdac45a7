import { statusKeyword } from '../client.ts'
import { GROUP, groupOf, type IppAnswer, STATUS } from '../message/message.ts'
import { errorFault, type PrinterFault, type PrintOrder } from '../printer.ts'

/** RFC 8011 §B.1.4.2 to B.1.4.4: forbidden, not authenticated, not authorized. */
const isDenied = (status: number): boolean => status >= 0x0401 && status <= 0x0403

/** RFC 9110 §15.5: who asks is not known or not allowed, or has to come with TLS (RFC 8010 §8.2). */
const DENIED_BY_HTTP = /^http-(?:401|403|407|426)$/

/** No IPP answer came. */
export const lostFault = (reason: string): PrinterFault =>
  errorFault(DENIED_BY_HTTP.test(reason) ? 'ACCESS_DENIED' : 'OFFLINE', reason)

/** The printer does not even tell of itself. */
export const silentFault = (status: number): PrinterFault =>
  errorFault(isDenied(status) ? 'ACCESS_DENIED' : 'OFFLINE', statusKeyword(status))

export const refusalFault = (status: number): PrinterFault => {
  if (isDenied(status)) return errorFault('ACCESS_DENIED', statusKeyword(status))
  if (status === STATUS.documentFormatNotSupported) return errorFault('FORMAT_NOT_SUPPORTED', statusKeyword(status))
  if (status === STATUS.notAcceptingJobs) return errorFault('NOT_ACCEPTING_JOBS', statusKeyword(status))
  return errorFault('JOB_REFUSED', statusKeyword(status))
}

const WHILE_IT_IS_READ: readonly number[] = [STATUS.timeout, STATUS.documentFormatError, STATUS.documentUnprintable]

/**
 * Whether a status says that a document was turned away before any of it was printed (RFC 8011 §B.1.4). A printer that prints
 * while it reads says 0x05xx, and what is in `WHILE_IT_IS_READ`, with half a page out already.
 */
export const refusesUnread = (status: number): boolean =>
  status >= 0x0400 && status < 0x0500 && !WHILE_IT_IS_READ.includes(status)

const NO_JOB: readonly number[] = [
  STATUS.operationNotSupported,
  STATUS.versionNotSupported,
  STATUS.notAcceptingJobs,
  STATUS.busy,
]

/** The same for Print-Job, where no job can be asked: also what the printer says of itself before there is one (§B.1.5). */
export const refusesJob = (status: number): boolean => refusesUnread(status) || NO_JOB.includes(status)

/**
 * RFC 8011 §4.1.7, B.1.2.2: a printer may take a job and leave some of its attributes aside; it says which. Two pages on two
 * cards, or on another medium, would be broken cards.
 */
export const setAside = (answer: IppAnswer, { twoSided }: Pick<PrintOrder, 'twoSided'>): PrinterFault | null => {
  const unheeded = groupOf(answer, GROUP.unsupported)
  const name = ['media', 'media-col', ...(twoSided ? ['sides'] : [])].find(needed => unheeded.has(needed))
  return name === undefined ? null : errorFault('JOB_REFUSED', `unsupported: ${name}`)
}
