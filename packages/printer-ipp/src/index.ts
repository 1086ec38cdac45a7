export type { IppAddress } from './address.ts'
export { type CupsPlace, type CupsQueue, findCupsQueues } from './cups.ts'
export { createIppPrinter, type IppPrinter, type IppPrinterOptions } from './ipp-printer.ts'
export type { IppLimits } from './job/limits.ts'
export type {
  PrinterFault,
  PrinterFaultCode,
  PrinterStatus,
  PrintMedia,
  PrintOrder,
  PrintOutcome,
  PrintProgress,
} from './printer.ts'
