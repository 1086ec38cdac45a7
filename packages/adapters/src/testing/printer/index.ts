export { type IppTestServer, startIppTestServer } from '@cardwright/printer-ipp/testing'
export * from './fake-printer.ts'
export { CARD_MM, sampleCardPdf, sampleCardPicture } from './sample-card.ts'
