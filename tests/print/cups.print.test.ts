import { createNetworkPrinter } from '@cardwright/adapters/printer'
import { sampleCardPdf } from '@cardwright/adapters/testing/printer'
import type { PrintOrder } from '@cardwright/core'
import { KEYWORDS, printerContract } from '../../packages/adapters/src/testing/printer/printer-contract.ts'
import { startCups } from './cups.ts'
import { CR80 } from './ppd.ts'
import { SERVICE } from './tray.ts'

const limits = { answerMs: 2000, pollMs: 50, silenceMs: 500, cancelMs: 5000, jobMs: 20_000 }
const CARDS = 'cards'

printerContract('CUPS', async () => {
  const cups = await startCups(
    [{ name: CARDS, sizes: [CR80], takes: 'application/pdf', twoSided: true }],
    Object.values(KEYWORDS),
  )
  const tray = cups.tray(CARDS)
  const printer = createNetworkPrinter({ uri: cups.uri(CARDS), limits })
  const pdf = await sampleCardPdf('service')
  return {
    printer,
    arrived: async () => tray.names(),
    async setFault(code) {
      tray.setFault(code ? KEYWORDS[code] : '')
      const order: PrintOrder = { jobName: SERVICE, media: 'CR80', pdf, pictures: [], twoSided: false }
      await printer.print(order, () => {})
    },
    vanish: cups.vanish,
    comeBack: cups.comeBack,
    close: cups.close,
  }
})
