// The shapes of a printer, structurally those of the core's port `Printer`; the workstation's client has them without the core.

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

export type PrintMedia = 'CR80' | 'A4' | 'LETTER'

export type PrintOrder = {
  /** Shown in the printer's queue: never a name or a secret. */
  readonly jobName: string
  readonly media: PrintMedia
  readonly pdf: Uint8Array
  /** The same pages as PNG (8 bits, RGB or RGBA, 300 dpi) where there are any: for printers that take no PDF. */
  readonly pictures: readonly Uint8Array[]
  readonly twoSided: boolean
  /** A CUPS that keeps what it has printed is told to forget it. */
  readonly confidential?: boolean
}

export type PrintProgress = { readonly progress: number; readonly waitsFor: PrinterFault | null }

/** FAILED with `paperMayHaveMoved` false: nothing came out for certain; true: a person has to look. */
export type PrintOutcome =
  | { readonly kind: 'PRINTED' }
  | { readonly kind: 'FAILED'; readonly fault: PrinterFault; readonly paperMayHaveMoved: boolean }
  | { readonly kind: 'CANCELLED' }

export const errorFault = (code: PrinterFaultCode, keyword: string): PrinterFault => ({
  code,
  severity: 'ERROR',
  keyword,
})

export const failed = (fault: PrinterFault, paperMayHaveMoved: boolean): PrintOutcome => ({
  kind: 'FAILED',
  fault,
  paperMayHaveMoved,
})
