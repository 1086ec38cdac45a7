import { boolean, type IppAttributes, numbers, strings } from './message/message.ts'
import { errorFault, type PrinterFault, type PrinterFaultCode, type PrinterStatus } from './printer.ts'

/** What `readStatus` reads (RFC 8011 §5.4, §5.2.8). */
export const STATUS_ATTRIBUTES = [
  'printer-state',
  'printer-state-reasons',
  'printer-state-message',
  'printer-is-accepting-jobs',
  'sides-supported',
] as const

/** RFC 8011 §5.4.11. */
const PROCESSING = 4
const STOPPED = 5

/**
 * By what the keyword says, and not by a list: PWG 5100.9 and makers of card printers have many more keywords than RFC 8011,
 * which are built of the same words. The first that fits counts.
 */
const MEANINGS: readonly [RegExp, PrinterFaultCode][] = [
  [/\b(?:jam|jammed|misfeed)\b/, 'MEDIA_JAM'],
  [/\b(?:ribbon|marker|toner|ink|film|opc|developer|fuser)\b(?!.*\bwaste\b)/, 'RIBBON_EMPTY'],
  [/\b(?:cover|door|interlock|lid)\b/, 'COVER_OPEN'],
  [/\b(?:output|waste|reject|stacker)\b/, 'OUTPUT_FULL'],
  [/\b(?:media|input|feeder|card|cards|hopper)\b/, 'NO_CARD'],
  [/\b(?:offline|connecting-to-device|timed-out|shutdown)\b/, 'OFFLINE'],
  [/\b(?:paused|stopping|stopped|deactivated)\b/, 'STOPPED'],
]

/** Words that announce a fault before there is one. */
const STILL_PRINTS = /\b(?:low|almost|near|moving-to-paused|stopping|stopped-partly|standby)\b/

/** CUPS' backend ipp says so of every job that it follows at the printer behind its queue. */
const ONLY_FOLLOWS = /^cups-(?:waiting-for-job-completed|remote-(?!stopped))/

/** What only a person at the printer can mend. */
const NEEDS_SOMEBODY: readonly PrinterFaultCode[] = [
  'NO_CARD',
  'MEDIA_JAM',
  'RIBBON_EMPTY',
  'COVER_OPEN',
  'OUTPUT_FULL',
]

/**
 * A keyword of `printer-state-reasons` as a fault; `null` for what is none. Its suffix is the severity (RFC 8011 §5.4.12);
 * without one, the printer's state says how bad it is.
 */
export const faultOfReason = (reason: string, stopped: boolean): PrinterFault | null => {
  const keyword = reason.toLowerCase()
  const suffix = /-(report|warning|error)$/.exec(keyword)?.[1]
  const base = suffix ? keyword.slice(0, -suffix.length - 1) : keyword
  if (base === 'none' || base === '' || ONLY_FOLLOWS.test(base)) return null
  const code = MEANINGS.find(([pattern]) => pattern.test(base))?.[1] ?? 'OTHER'
  // CUPS gives `offline-report` to a queue whose printer does not answer, and goes on trying.
  const unreached = code === 'OFFLINE' && base !== 'connecting-to-device'
  const announced = STILL_PRINTS.test(base)
  // An idle IPP Everywhere printer of CUPS only reports that it is empty or open, since nothing has to be printed yet.
  if (suffix === 'report' && !unreached && (announced || !NEEDS_SOMEBODY.includes(code))) return null
  // A printer that is stopped may still call the reason a warning; one that only announces it is not stopped by that.
  const error = suffix === 'error' || unreached || (suffix === undefined && (stopped || !announced))
  return { code, severity: error && base !== 'connecting-to-device' ? 'ERROR' : 'WARNING', keyword: reason }
}

/**
 * CUPS that has a job and does not reach the printer behind its queue goes on trying, and says so in words only (its backends
 * ipp, socket, lpd and usb). The words stay when there is no job any more, and mean nothing then.
 */
const UNREACHED =
  /may not exist or is unavailable|is unreachable at this time|is not responding|unable to locate printer|waiting for printer to become available/i

const READS_AS_STOPPED = errorFault('STOPPED', 'printer-state=stopped')

/** State and faults from the attributes of Get-Printer-Attributes; the worst fault first. */
export const readStatus = (attributes: IppAttributes): PrinterStatus => {
  const state = numbers(attributes, 'printer-state')[0]
  const stopped = state === STOPPED
  const faults = strings(attributes, 'printer-state-reasons')
    .map(reason => faultOfReason(reason, stopped))
    .filter(fault => fault !== null)
  if (boolean(attributes, 'printer-is-accepting-jobs') === false)
    faults.push(errorFault('NOT_ACCEPTING_JOBS', 'printer-is-accepting-jobs=false'))
  const message = strings(attributes, 'printer-state-message')[0] ?? ''
  if (state === PROCESSING && UNREACHED.test(message)) faults.push(errorFault('OFFLINE', message))
  const errors = faults.filter(fault => fault.severity === 'ERROR')
  if (stopped && errors.length === 0) errors.push(READS_AS_STOPPED)
  // `paused` beside `media-jam` says nothing more: what a person has to do comes first.
  const plain = (fault: PrinterFault): number => (fault.code === 'STOPPED' || fault.code === 'OTHER' ? 1 : 0)
  errors.sort((a, b) => plain(a) - plain(b))
  return {
    state: errors.length > 0 ? 'FAULT' : state === PROCESSING ? 'BUSY' : 'READY',
    faults: [...errors, ...faults.filter(fault => fault.severity === 'WARNING')],
    twoSided: strings(attributes, 'sides-supported').some(side => side.startsWith('two-sided')),
  }
}

/** What a job that goes on waits for: an error, or a warning about what is so already and not only near. */
export const waitsFor = ({ faults }: PrinterStatus): PrinterFault | null =>
  faults.find(({ severity, code, keyword }) =>
    severity === 'ERROR'
      ? code !== 'NOT_ACCEPTING_JOBS'
      : NEEDS_SOMEBODY.includes(code) && !STILL_PRINTS.test(keyword.toLowerCase()),
  ) ?? null

/** The status of a printer that is not reached, or whose answer is none. */
export const unreadStatus = (fault: PrinterFault): PrinterStatus => ({
  state: 'FAULT',
  faults: [fault],
  twoSided: false,
})
