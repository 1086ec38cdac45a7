import type { PrintOrder, PrintProgress } from '@cardwright/core'
import { describe, expect, test } from 'vitest'
import { NEVER_ENDS, printerContract } from '../../testing/printer/printer-contract.ts'
import { sampleCardPdf, sampleCardPicture } from '../../testing/printer/sample-card.ts'
import { createVirtualPrinter, type PrintedOrder } from './virtual-printer.ts'

printerContract('virtual', async () => {
  const printer = createVirtualPrinter({ sideMs: 0 })
  return {
    printer: {
      status: printer.status,
      async print(order, watch, cancelled) {
        if (order.jobName !== NEVER_ENDS) return printer.print(order, watch, cancelled)
        // Somebody opens it when the card is halfway, and closes it when the order has been taken back.
        const open = (seen: PrintProgress) => {
          if (seen.progress >= 0.5 && !seen.waitsFor) printer.setFault('COVER_OPEN')
          watch(seen)
        }
        const outcome = await printer.print(order, open, cancelled)
        if (outcome.kind === 'CANCELLED') printer.setFault(null)
        return outcome
      },
    },
    arrived: async () => printer.printed.map(one => one.jobName),
    setFault: async code => printer.setFault(code),
    vanish: async () => printer.setFault('OFFLINE'),
    comeBack: async () => printer.setFault(null),
    close: async () => {},
  }
})

describe('the virtual printer', () => {
  const order = async (change: Partial<PrintOrder> = {}): Promise<PrintOrder> => ({
    jobName: 'card',
    media: 'CR80',
    pdf: await sampleCardPdf('front', 'back'),
    pictures: [await sampleCardPicture({ r: 255, g: 255, b: 255 }), await sampleCardPicture({ r: 0, g: 0, b: 255 })],
    twoSided: true,
    ...change,
  })

  test('P-8: gives what was sent, as PDF and as pictures, to whoever shows it', async () => {
    const shown: PrintedOrder[] = []
    const printer = createVirtualPrinter({ sideMs: 0, onPrinted: one => shown.push(one) })
    const sent = await order()
    await printer.print(sent, () => {})
    expect(shown).toEqual([sent])
    expect(printer.printed).toEqual(shown)
  })

  test('keeps the last cards only', async () => {
    const printer = createVirtualPrinter({ sideMs: 0, keep: 2 })
    for (const jobName of ['a', 'b', 'c']) await printer.print(await order({ jobName }), () => {})
    expect(printer.printed.map(one => one.jobName)).toEqual(['b', 'c'])
  })

  test('P-7: jams or vanishes in the middle when it is told to; the next card is printed when that is mended', async () => {
    const printer = createVirtualPrinter({ sideMs: 0 })
    for (const [how, code, standing] of [
      ['JAM', 'MEDIA_JAM', 'MEDIA_JAM'],
      ['VANISH', 'UNKNOWN_OUTCOME', 'OFFLINE'],
    ] as const) {
      printer.breakNext(how)
      expect(await printer.print(await order(), () => {})).toMatchObject({
        kind: 'FAILED',
        fault: { code },
        paperMayHaveMoved: true,
      })
      expect(await printer.status()).toMatchObject({ state: 'FAULT', faults: [{ code: standing }] })
      expect(printer.printed).toHaveLength(0)
      printer.setFault(null)
    }
    expect(await printer.print(await order(), () => {})).toEqual({ kind: 'PRINTED' })
  })

  test('P-3: is busy while it prints', async () => {
    const printer = createVirtualPrinter({ sideMs: 0 })
    const printing = printer.print(await order(), () => {})
    expect((await printer.status()).state).toBe('BUSY')
    await printing
    expect((await printer.status()).state).toBe('READY')
  })

  test('P-7: refuses what it cannot print, and nothing moves', async () => {
    const printer = createVirtualPrinter({ sideMs: 0, twoSided: false })
    const refused = (code: string) => ({ kind: 'FAILED', fault: { code }, paperMayHaveMoved: false })
    expect(await printer.print(await order(), () => {})).toMatchObject(refused('JOB_REFUSED'))
    const text = await order({ twoSided: false, pdf: Buffer.from('no PDF') })
    expect(await printer.print(text, () => {})).toMatchObject(refused('FORMAT_NOT_SUPPORTED'))
  })
})
