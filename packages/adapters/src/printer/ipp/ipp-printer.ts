import type { Printer } from '@cardwright/core'
import { createIppPrinter, type IppPrinterOptions } from '@cardwright/printer-ipp'

/** A printer that the server itself reaches: IPP Everywhere or a queue of CUPS, by its `ipp:` or `ipps:` address. */
export const createNetworkPrinter = (options: IppPrinterOptions): Printer => createIppPrinter(options)
