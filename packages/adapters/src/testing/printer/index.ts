export * from './fake-printer.ts'
export { CARD_MM, sampleCardPdf, sampleCardPicture } from './sample-card.ts'
