import { PDFDocument, rgb, StandardFonts } from '@cantoo/pdf-lib'
import { CARD_HEIGHT_MM, CARD_WIDTH_MM } from '@cardwright/core'
import sharp from 'sharp'
import { CARD_PIXELS } from '../../card-image/card-pixels.ts'

const POINTS_PER_MM = 72 / 25.4
export const CARD_MM = { width: CARD_WIDTH_MM, height: CARD_HEIGHT_MM } as const

/** A PDF with these pages of CR80, each with its text and a frame along the edge of the card. */
export const sampleCardPdf = async (...texts: readonly string[]): Promise<Uint8Array> => {
  const document = await PDFDocument.create()
  const font = await document.embedFont(StandardFonts.Helvetica)
  const size: [number, number] = [CARD_MM.width * POINTS_PER_MM, CARD_MM.height * POINTS_PER_MM]
  for (const text of texts) {
    const page = document.addPage(size)
    const [width, height] = size
    page.drawRectangle({ x: 4, y: 4, width: width - 8, height: height - 8, borderWidth: 2, borderColor: rgb(0, 0, 1) })
    page.drawText(text, { x: 20, y: height - 40, size: 14, font })
  }
  return document.save()
}

/** A PNG of CR80 in 300 dpi, of one colour, with a black corner at the upper left. */
export const sampleCardPicture = async (background: { r: number; g: number; b: number }): Promise<Uint8Array> => {
  const corner = { create: { width: 100, height: 100, channels: 3, background: 'black' } } as const
  return sharp({ create: { ...CARD_PIXELS, channels: 3, background } })
    .composite([{ input: corner, left: 0, top: 0 }])
    .png()
    .toBuffer()
}
