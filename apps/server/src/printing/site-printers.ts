import { type Db, getPrinter, letterPrinterOf, listPrinters, type StoredPrinter } from '@cardwright/adapters/db'
import type { Printer } from '@cardwright/core'

/** How a printer of the server is spoken to; adapters/printer/ipp, and another in tests. */
export type OpenPrinter = (at: Pick<StoredPrinter, 'uri' | 'caCertificates'>) => Printer

export type ReachedPrinter = { readonly stored: StoredPrinter; readonly printer: Printer }

/** The printers that the server itself reaches, as the administration wrote them down. */
export type SitePrinters = {
  all(purpose?: StoredPrinter['purpose']): Promise<readonly ReachedPrinter[]>
  get(id: string): Promise<ReachedPrinter | null>
  /** Where this user's letters come out; null if no letter printer is for them. */
  letterPrinterFor(userId: string): Promise<{ readonly name: string; readonly printer: Printer } | null>
}

export const createSitePrinters = (db: Db, open: OpenPrinter): SitePrinters => {
  const reached = (stored: StoredPrinter): ReachedPrinter => ({ stored, printer: open(stored) })
  return {
    all: async purpose => (await listPrinters(db, purpose)).map(reached),
    get: async id => {
      const stored = await getPrinter(db, id)
      return stored && reached(stored)
    },
    letterPrinterFor: async userId => {
      const stored = await letterPrinterOf(db, userId)
      return stored && { name: stored.name, printer: open(stored) }
    },
  }
}
