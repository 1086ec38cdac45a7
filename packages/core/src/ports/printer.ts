/** Why a printer does not print: `printer-state-reasons` (RFC 8011 §5.4.12, PWG 5100.9), or that it is not reached. */
export type PrinterFaultCode =
  | 'OFFLINE'
  | 'ACCESS_DENIED'
  | 'STOPPED'
  | 'NOT_ACCEPTING_JOBS'
  | 'NO_CARD'
  | 'MEDIA_JAM'
  | 'RIBBON_EMPTY'
  | 'COVER_OPEN'
  | 'OUTPUT_FULL'
  | 'JOB_REFUSED'
  | 'JOB_ABORTED'
  | 'FORMAT_NOT_SUPPORTED'
  | 'UNKNOWN_OUTCOME'
  | 'OTHER'

export type PrinterFault = {
  readonly code: PrinterFaultCode
  /** WARNING: it still prints. */
  readonly severity: 'WARNING' | 'ERROR'
  /** The keyword or message of the printer itself, for support. */
  readonly keyword: string
}

export type PrinterStatus = {
  readonly state: 'READY' | 'BUSY' | 'FAULT'
  readonly faults: readonly PrinterFault[]
  readonly twoSided: boolean
}

/** Pages as they are to come out. A card's page is CR80 with a picture of 300 dpi; a letter's is A4 or Letter. */
export type PrintOrder = {
  /** Shown in the printer's queue: never a name or a secret. */
  readonly jobName: string
  readonly media: 'CR80' | 'A4' | 'LETTER'
  readonly pdf: Uint8Array
  /** The same pages as PNG where there are any: for printers that take no PDF, and for the virtual one to show. */
  readonly pictures: readonly Uint8Array[]
  readonly twoSided: boolean
  /** A letter with a secret: a printer that keeps what it has printed is told to forget it. */
  readonly confidential?: boolean
}

export type PrintProgress = { readonly progress: number; readonly waitsFor: PrinterFault | null }

/**
 * PRINTED: the printer says so. FAILED with `paperMayHaveMoved` false: nothing came out for certain; true: a person has to
 * look (it vanished, or stopped in the middle).
 */
export type PrintOutcome =
  | { readonly kind: 'PRINTED' }
  | { readonly kind: 'FAILED'; readonly fault: PrinterFault; readonly paperMayHaveMoved: boolean }
  | { readonly kind: 'CANCELLED' }

/** Owned by the core; one product a folder in adapters/printer. */
export interface Printer {
  /** Never throws for what a printer can be: an unreachable one is a FAULT with OFFLINE. */
  status(): Promise<PrinterStatus>
  /** Follows the job to its end. `cancelled` takes it back from the queue. One call is one try: it is never sent twice. */
  print(order: PrintOrder, watch: (progress: PrintProgress) => void, cancelled?: AbortSignal): Promise<PrintOutcome>
}
