import { statusKeyword } from '../client.ts'
import { GROUP, groupOf, type IppAnswer, STATUS } from '../message/message.ts'
import { errorFault, type PrinterFault, type PrintOrder } from '../printer.ts'

export const refusalFault = (status: number): PrinterFault => {
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
