import { createNetworkPrinter } from '@cardwright/adapters/printer'
import { CARD_MM, sampleCardPdf, sampleCardPicture } from '@cardwright/adapters/testing/printer'
import type { Printer, PrintOrder } from '@cardwright/core'
import { decodePwgRaster } from '@cardwright/printer-ipp/testing'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ContractFault, printerContract } from '../../packages/adapters/src/testing/printer/printer-contract.ts'
import { type RunningPrinter, startIppeveprinter } from './ippeveprinter.ts'
import { readPdf } from './pdf.ts'
import { SERVICE } from './tray.ts'

const limits = { answerMs: 2000, pollMs: 50, silenceMs: 500, cancelMs: 5000, jobMs: 20_000 }

/** The keywords that ippeveprinter knows. With `media-empty` it would not even begin with the job that mends it. */
const KEYWORDS: Readonly<Record<ContractFault, string>> = {
  NO_CARD: 'media-needed',
  RIBBON_EMPTY: 'marker-supply-empty',
  COVER_OPEN: 'cover-open',
  MEDIA_JAM: 'media-jam',
  OUTPUT_FULL: 'marker-waste-full',
}

const order = (change: Partial<PrintOrder>): PrintOrder => ({
  ...{ jobName: 'card', media: 'CR80', pdf: Buffer.from('%PDF-'), pictures: [], twoSided: true },
  ...change,
})

printerContract('ippeveprinter', async () => {
  const running = await startIppeveprinter(['application/pdf'], Object.values(KEYWORDS))
  const printer = createNetworkPrinter({ uri: running.uri, limits })
  return {
    printer,
    // An idle ippeveprinter reports what it is short of, and calls nothing an error.
    idleSeverity: 'WARNING',
    arrived: async () => running.tray.names(),
    async setFault(code) {
      running.tray.setFault(code ? KEYWORDS[code] : '')
      await printer.print(order({ jobName: SERVICE }), () => {})
    },
    vanish: running.vanish,
    comeBack: running.comeBack,
    close: running.close,
  }
})

describe('ippeveprinter', () => {
  const open: RunningPrinter[] = []
  const start = async (format: string): Promise<{ running: RunningPrinter; printer: Printer }> => {
    const running = await startIppeveprinter([format], [])
    open.push(running)
    return { running, printer: createNetworkPrinter({ uri: running.uri, limits }) }
  }
  let pdf: Uint8Array
  beforeAll(async () => {
    pdf = await sampleCardPdf('Front', 'Back')
  })
  afterAll(async () => {
    for (const running of open) await running.close()
  })

  test('P-8: a PDF of two pages arrives as it was sent, on CR80', async () => {
    const { running, printer } = await start('application/pdf')
    expect(await printer.print(order({ pdf }), () => {})).toEqual({ kind: 'PRINTED' })
    const arrived = running.tray.document('card')
    expect(arrived).toEqual(Buffer.from(pdf))
    const pages = readPdf(arrived)
    expect(pages.map(page => page.text)).toEqual(['Front', 'Back'])
    for (const page of pages) {
      expect(page.widthMm).toBeCloseTo(CARD_MM.width, 1)
      expect(page.heightMm).toBeCloseTo(CARD_MM.height, 1)
    }
  })

  test('P-8: a printer that takes no PDF gets the pictures as PWG raster, pixel by pixel, its back turned', async () => {
    const { running, printer } = await start('image/pwg-raster')
    const pictures = [await sampleCardPicture({ r: 255, g: 0, b: 0 }), await sampleCardPicture({ r: 0, g: 0, b: 255 })]
    expect(await printer.print(order({ pictures }), () => {})).toEqual({ kind: 'PRINTED' })
    const pages = decodePwgRaster(running.tray.document('card'))
    expect(pages.map(({ width, height, dpi }) => ({ width, height, dpi }))).toEqual([
      { width: 638, height: 1011, dpi: 300 },
      { width: 638, height: 1011, dpi: 300 },
    ])
    for (const [index, picture] of pictures.entries()) {
      // A quarter turn against the clock; around the short edge, `rotated` backs need no other turn (PWG 5102.4 table 7).
      const expected = await sharp(picture).rotate(-90).removeAlpha().raw().toBuffer()
      expect(pages[index]?.pixels.equals(expected)).toBe(true)
    }
  })
})
