import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createVirtualPrinter, type PrintedOrder } from '@cardwright/adapters/printer'
import type { Logger } from 'pino'
import type { KnownPrinter } from '../printing/card-printers.ts'
import type { VirtualCards } from '../readers/virtual-cards.ts'

/** The reader inside of it; the demo's cards are made with one in it (cards.ts). */
export const PRINTER_READER = 'virtual:printer'
export const PRINTER_READER_NAME = 'Virtual card printer, its reader'

/** The tray holds this many cards; the oldest are thrown away. */
const TRAY = 20

/** What came out as files: `<time>-<job>.pdf`, and each side as PNG. */
export const putInTray = async (
  folder: string,
  at: number,
  { jobName, pdf, pictures }: PrintedOrder,
): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const name = `${at}-${jobName.replace(/[^\w-]+/g, '-')}`
  await writeFile(join(folder, `${name}.pdf`), pdf, { mode: 0o600 })
  for (const [index, picture] of pictures.entries())
    await writeFile(join(folder, `${name}-${index === 0 ? 'front' : 'back'}.png`), picture, { mode: 0o600 })
  const pdfs = (await readdir(folder)).filter(file => file.endsWith('.pdf')).sort()
  for (const file of pdfs.slice(0, -TRAY))
    for (const end of ['.pdf', '-front.png', '-back.png'])
      await rm(join(folder, file.replace(/\.pdf$/, end)), { force: true })
}

/**
 * The demo's card printer: it has a reader inside, takes a few seconds for a card, and its tray is a folder. None where the
 * demo is not, or was made before there was one.
 */
export const openDemoPrinter = async (
  virtualCards: VirtualCards | null,
  tray: string,
  { clock, log }: { readonly clock: () => number; readonly log: Pick<Logger, 'warn'> },
): Promise<readonly KnownPrinter[]> => {
  const readers = (await virtualCards?.readers.list()) ?? []
  if (!readers.some(({ id }) => id === PRINTER_READER)) return []
  const printer = createVirtualPrinter({
    onPrinted: printed =>
      void putInTray(tray, clock(), printed).catch(error =>
        log.warn({ err: error }, 'the tray of the virtual card printer cannot be written'),
      ),
  })
  return [
    {
      id: 'virtual:1',
      name: 'Virtual card printer (demo)',
      printer,
      where: 'SERVER',
      virtual: true,
      embeddedReaderId: PRINTER_READER,
    },
  ]
}
