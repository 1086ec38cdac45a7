import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import { PDFDocument, PDFName, PDFRawStream } from '@cantoo/pdf-lib'
import { CARD_HEIGHT_MM, CARD_WIDTH_MM, type CardPictures } from '@cardwright/core'
import sharp from 'sharp'

const compress = promisify(deflate)
const POINTS_PER_MM = 72 / 25.4
const POINTS_PER_PIXEL = 72 / 300
export const CARD_PAGE = [CARD_WIDTH_MM * POINTS_PER_MM, CARD_HEIGHT_MM * POINTS_PER_MM] as const

/**
 * The pixels go into the PDF as they are (ISO 32000-1 §8.9.5, FlateDecode): nothing is lost, and one pixel is 1/300 inch. The upper
 * left corner of the picture is that of the page; what the last row has more than the card is beyond the page's edge.
 */
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
    const [width, height] = [info.width * POINTS_PER_PIXEL, info.height * POINTS_PER_PIXEL]
    const drawing = `q ${width} 0 0 ${height} 0 ${CARD_PAGE[1] - height} cm /Card Do Q`
    page.node.addContentStream(pdf.context.register(pdf.context.stream(drawing)))
  }
  return pdf.save({ useObjectStreams: false })
}
