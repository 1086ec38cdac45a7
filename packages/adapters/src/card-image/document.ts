import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import { PDFDocument, PDFName, PDFRawStream } from '@cantoo/pdf-lib'
import { CARD_HEIGHT_MM, CARD_WIDTH_MM, type CardPictures } from '@cardwright/core'
import sharp from 'sharp'

const compress = promisify(deflate)
const POINTS_PER_MM = 72 / 25.4
const CARD_PAGE = [CARD_WIDTH_MM * POINTS_PER_MM, CARD_HEIGHT_MM * POINTS_PER_MM] as const

/**
 * A picture is to have the pixels whose centres it covers (ISO 32000-1 §10.6.4); many programs give it all that it touches. A card
 * is 1011.02 × 637.56 pixels of 300 dpi: this far (in points, 0.03 pixels) from each edge, both are 1011 × 638, also after a
 * quarter turn, so that each pixel of the picture is one of the printer.
 */
const INSET = 0.03 * (72 / 300)

/** The pixels go into the PDF as they are (ISO 32000-1 §8.9.5, FlateDecode): nothing is lost, and the picture fills its page. */
export const cardDocument = async (pictures: CardPictures): Promise<Uint8Array> => {
  // Without metadata, for they hold the time: the same pictures are the same document.
  const pdf = await PDFDocument.create({ updateMetadata: false })
  for (const png of [pictures.front, pictures.back]) {
    if (png === null) continue
    const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true })
    const page = pdf.addPage([...CARD_PAGE])
    const image = PDFRawStream.of(
      pdf.context.obj({
        Type: 'XObject',
        Subtype: 'Image',
        Width: info.width,
        Height: info.height,
        ColorSpace: 'DeviceRGB',
        BitsPerComponent: 8,
        Filter: 'FlateDecode',
      }),
      await compress(data),
    )
    page.node.setXObject(PDFName.of('Card'), pdf.context.register(image))
    const [width, height] = CARD_PAGE.map(length => length - 2 * INSET)
    const drawing = `q ${width} 0 0 ${height} ${INSET} ${INSET} cm /Card Do Q`
    page.node.addContentStream(pdf.context.register(pdf.context.stream(drawing)))
  }
  return pdf.save({ useObjectStreams: false })
}
