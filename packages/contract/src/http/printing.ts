import { z } from 'zod'
import { route } from '../route.ts'
import { id, name, readerPlace, text, timestamp, version } from '../vocabulary.ts'
import { cardPicture } from './layouts.ts'

/** Why a printer does not print, from `printer-state-reasons` (RFC 8011 §5.4.12) and PWG 5100.9, or because it is not reached. */
export const printerFaultCode = z.enum([
  'OFFLINE',
  'ACCESS_DENIED',
  'STOPPED',
  'NOT_ACCEPTING_JOBS',
  'NO_CARD',
  'MEDIA_JAM',
  'RIBBON_EMPTY',
  'COVER_OPEN',
  'OUTPUT_FULL',
  'JOB_REFUSED',
  'JOB_ABORTED',
  'FORMAT_NOT_SUPPORTED',
  'UNKNOWN_OUTCOME',
  'OTHER',
])
export type PrinterFaultCode = z.infer<typeof printerFaultCode>
export const printerFault = z.object({ code: printerFaultCode, text: z.string(), advice: z.string() })
export type PrinterFault = z.infer<typeof printerFault>

export const cardPrinter = z.object({
  /** `server:<id>`, `workstation:<queue>` or `virtual:<n>`. */
  id: text(400),
  name: z.string(),
  where: readerPlace,
  virtual: z.boolean(),
  /** FAULT: does not print until somebody has been there. WARNING stands in `faults` of a READY one. */
  state: z.enum(['READY', 'BUSY', 'FAULT']),
  faults: z.array(printerFault),
  twoSided: z.boolean(),
  /** The reader that is probably inside of it. */
  embeddedReaderId: z.string().nullable(),
})
export type CardPrinter = z.infer<typeof cardPrinter>

const cardPrinters = z.object({
  printers: z.array(cardPrinter),
  /** False = printing is not configured here (P-1): no layout is published. */
  configured: z.boolean(),
})

const asPrinterUri =
  'must be the address of a printer, such as ipps://printer.example.org/ipp/print; without a user name or password'
/** An absolute `ipp:` or `ipps:` address of a queue. */
const printerUri = text(400)
  .regex(/^ipps?:\/\/[^\s/?#@]+(?:\/[^\s?#]*)?$/, asPrinterUri)
  .refine(uri => URL.canParse(uri), asPrinterUri)

/** A printer that the server itself reaches. */
export const sitePrinter = z.object({
  id,
  version,
  name,
  uri: printerUri,
  purpose: z.enum(['CARD', 'LETTER']),
  /** PEM; empty = the public certificate authorities. */
  caCertificates: text(100_000),
  /**
   * The site. Users of these groups get their letters there, operators of these groups print their cards there. Empty =
   * everybody else's letters, every operator's cards.
   */
  groups: z.array(z.object({ id, name: z.string() })),
  state: z.enum(['READY', 'BUSY', 'FAULT']),
  faults: z.array(printerFault),
})
export type SitePrinter = z.infer<typeof sitePrinter>
const sitePrinterWrite = z.object({
  name,
  uri: printerUri,
  purpose: z.enum(['CARD', 'LETTER']),
  caCertificates: text(100_000).default(''),
  groupIds: z.array(id).max(50),
})

/** `QUEUED` → `PRINTING` → `PRINTED`, or `FAILED` (also where nobody knows: look at the card), or `CANCELLED`. */
export const printJob = z.object({
  id,
  deviceId: id,
  serial: z.string(),
  userId: id.nullable(),
  layout: z.object({ id, version, name: z.string() }),
  printer: z.object({ id: z.string(), name: z.string() }),
  state: z.enum(['QUEUED', 'PRINTING', 'PRINTED', 'FAILED', 'CANCELLED']),
  /** 0…1. */
  progress: z.number().min(0).max(1),
  /** What the printer waits for while PRINTING, and why it FAILED. */
  fault: printerFault.nullable(),
  /** 1 = the first print of this card. */
  print: z.int().min(1),
  startedBy: z.string(),
  startedAt: timestamp,
  endedAt: timestamp.nullable(),
})
export type PrintJob = z.infer<typeof printJob>

export const printingRoutes = {
  cardPrinters: route({
    id: 'cardPrinters',
    method: 'GET',
    path: '/api/card-printers',
    tag: 'printing',
    summary: "Card printers of the server and of the operator's own workstation",
    access: 'print.card',
    answer: cardPrinters,
  }),
  startPrint: route({
    id: 'startPrint',
    method: 'POST',
    path: '/api/print-jobs',
    tag: 'printing',
    summary: 'Print the card of a Pending or Active device',
    access: 'print.card',
    aboutBody: { deviceId: 'device' },
    idempotent: true,
    body: z.object({ deviceId: id, layoutId: id, printerId: text(400) }),
    answer: printJob,
  }),
  getPrintJob: route({
    id: 'getPrintJob',
    method: 'GET',
    path: '/api/print-jobs/:id',
    tag: 'printing',
    summary: 'State of a print',
    access: 'print.card',
    about: 'print-job',
    params: z.object({ id }),
    answer: printJob,
  }),
  watchPrintJob: route({
    id: 'watchPrintJob',
    method: 'GET',
    path: '/api/print-jobs/:id/events',
    tag: 'printing',
    summary: 'A print as it goes on',
    access: 'print.card',
    about: 'print-job',
    stream: true,
    params: z.object({ id }),
    answer: printJob,
  }),
  cancelPrint: route({
    id: 'cancelPrint',
    method: 'POST',
    path: '/api/print-jobs/:id/cancel',
    tag: 'printing',
    summary: 'Stop a print that waits or runs',
    access: 'print.card',
    about: 'print-job',
    params: z.object({ id }),
    answer: printJob,
  }),
  printedCard: route({
    id: 'printedCard',
    method: 'GET',
    path: '/api/print-jobs/:id/picture',
    tag: 'printing',
    summary: 'Both sides as they were sent to the printer; needs user.read too',
    access: 'print.card',
    about: 'print-job',
    params: z.object({ id }),
    answer: cardPicture,
  }),
  printedDocument: route({
    id: 'printedDocument',
    method: 'GET',
    path: '/api/print-jobs/:id/document',
    tag: 'printing',
    summary: 'The same as PDF, a page a side; needs user.read too',
    access: 'print.card',
    about: 'print-job',
    params: z.object({ id }),
    /** A base64 data URL. */
    answer: z.object({ pdf: z.string() }),
  }),
  devicePrints: route({
    id: 'devicePrints',
    method: 'GET',
    path: '/api/devices/:id/print-jobs',
    tag: 'printing',
    summary: 'The prints of a device, newest first',
    access: 'print.card',
    about: 'device',
    params: z.object({ id }),
    answer: z.object({ rows: z.array(printJob) }),
  }),
  previewCard: route({
    id: 'previewCard',
    method: 'GET',
    path: '/api/users/:id/card-preview',
    tag: 'printing',
    summary: 'A layout with the values of a user, and of a device if it is named; needs user.read too',
    access: 'print.card',
    about: 'user',
    aboutQuery: { deviceId: 'device' },
    params: z.object({ id }),
    query: z.object({ layoutId: id, deviceId: id.optional() }),
    answer: cardPicture,
  }),
  listPrinters: route({
    id: 'listPrinters',
    method: 'GET',
    path: '/api/printers',
    tag: 'printing',
    summary: 'Printers that the server reaches, with their state',
    access: 'settings.read',
    answer: z.object({ rows: z.array(sitePrinter) }),
  }),
  createPrinter: route({
    id: 'createPrinter',
    method: 'POST',
    path: '/api/printers',
    tag: 'printing',
    summary: 'Add a printer',
    access: 'settings.write',
    needsAllGroups: true,
    idempotent: true,
    body: sitePrinterWrite,
    answer: sitePrinter,
  }),
  updatePrinter: route({
    id: 'updatePrinter',
    method: 'PUT',
    path: '/api/printers/:id',
    tag: 'printing',
    summary: 'Change a printer',
    access: 'settings.write',
    about: 'printer',
    needsAllGroups: true,
    params: z.object({ id }),
    body: sitePrinterWrite.extend({ version }),
    answer: sitePrinter,
  }),
  deletePrinter: route({
    id: 'deletePrinter',
    method: 'DELETE',
    path: '/api/printers/:id',
    tag: 'printing',
    summary: 'Remove a printer',
    access: 'settings.write',
    about: 'printer',
    needsAllGroups: true,
    params: z.object({ id }),
    body: z.object({ version }),
    answer: z.object({}),
  }),
  testPrinter: route({
    id: 'testPrinter',
    method: 'POST',
    path: '/api/printers/:id/test',
    tag: 'printing',
    summary: 'Print a test page; without any value of a user',
    access: 'settings.write',
    about: 'printer',
    needsAllGroups: true,
    params: z.object({ id }),
    answer: z.object({ printed: z.boolean(), fault: printerFault.nullable() }),
  }),
}
