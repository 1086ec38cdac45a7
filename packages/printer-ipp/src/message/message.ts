/** Delimiter tags (RFC 8010 §3.5.1). */
export const GROUP = { operation: 0x01, job: 0x02, end: 0x03, printer: 0x04, unsupported: 0x05 } as const

/** Value tags (RFC 8010 §3.5.2). */
export const TAG = {
  integer: 0x21,
  boolean: 0x22,
  enum: 0x23,
  octetString: 0x30,
  dateTime: 0x31,
  resolution: 0x32,
  rangeOfInteger: 0x33,
  begCollection: 0x34,
  textWithLanguage: 0x35,
  nameWithLanguage: 0x36,
  endCollection: 0x37,
  text: 0x41,
  name: 0x42,
  keyword: 0x44,
  uri: 0x45,
  charset: 0x47,
  naturalLanguage: 0x48,
  mimeMediaType: 0x49,
  memberAttrName: 0x4a,
} as const

/** Operations (RFC 8011 §5.4.15) and those of CUPS. */
export const OPERATION = {
  printJob: 0x0002,
  createJob: 0x0005,
  sendDocument: 0x0006,
  cancelJob: 0x0008,
  getJobAttributes: 0x0009,
  getPrinterAttributes: 0x000b,
  cupsGetPrinters: 0x4002,
} as const

/**
 * Status codes (RFC 8011 appendix B, PWG 5100.13 for the unprintable document) that make a difference here; below 0x0100 all
 * are successes.
 */
export const STATUS = {
  timeout: 0x0405,
  notFound: 0x0406,
  gone: 0x0407,
  documentFormatNotSupported: 0x040a,
  documentFormatError: 0x0411,
  documentUnprintable: 0x041b,
  operationNotSupported: 0x0501,
  versionNotSupported: 0x0503,
  notAcceptingJobs: 0x0506,
  busy: 0x0507,
} as const

export const succeeded = (status: number): boolean => status < 0x0100

export type IppRange = { readonly lower: number; readonly upper: number }
/** In dots per inch, whatever the unit on the wire was. */
export type IppResolution = { readonly crossFeed: number; readonly feed: number }
export type IppCollection = { readonly members: IppAttributes }
/** `null` = out of band (no-value, unknown, unsupported …); bytes = a syntax that nothing here reads. */
export type IppValue = number | boolean | string | null | IppRange | IppResolution | IppCollection | Uint8Array
export type IppAttributes = ReadonlyMap<string, readonly IppValue[]>
export type IppGroup = { readonly tag: number; readonly attributes: IppAttributes }

export type IppAnswer = {
  /** Two bytes, such as 0x0101 (RFC 8010 §3.4.1). */
  readonly version: number
  readonly status: number
  readonly requestId: number
  readonly groups: readonly IppGroup[]
}

export const groupOf = (answer: IppAnswer, tag: number): IppAttributes =>
  answer.groups.find(group => group.tag === tag)?.attributes ?? new Map()

export const strings = (attributes: IppAttributes, name: string): readonly string[] =>
  (attributes.get(name) ?? []).filter(value => typeof value === 'string')

export const numbers = (attributes: IppAttributes, name: string): readonly number[] =>
  (attributes.get(name) ?? []).filter(value => typeof value === 'number')

export const boolean = (attributes: IppAttributes, name: string): boolean | undefined =>
  (attributes.get(name) ?? []).find(value => typeof value === 'boolean')
