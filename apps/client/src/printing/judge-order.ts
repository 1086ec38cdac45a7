import type { FarOrder } from '@cardwright/relay'

/** A card of 300 dpi with both sides has 4 MiB at most before it is made smaller; more is no card. */
const MOST_BYTES = 10 * 1024 * 1024

const PDF = '%PDF-'
/** PNG (W3C) §5.2 and the IHDR chunk, which comes first (§5.6). */
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const IHDR_WIDTH = 16
/** CR80 at 300 dpi is 1011 × 638; printers with finer heads take up to 600 dpi. */
const MOST_PIXELS = 2100

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean => start.every((byte, i) => bytes[i] === byte)

const isCardPicture = (bytes: Uint8Array): boolean => {
  if (!startsWith(bytes, PNG) || bytes.length < IHDR_WIDTH + 8) return false
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const [width, height] = [view.getUint32(IHDR_WIDTH), view.getUint32(IHDR_WIDTH + 4)]
  return width > 0 && height > 0 && Math.max(width, height) <= MOST_PIXELS
}

/**
 * Why this is not sent to a printer, or undefined. A server may have PDF printed here, on the medium of a card and a queue for
 * cards, and nothing in a printer's own language. The pictures are of a card's size; of the PDF only the beginning and the
 * length are looked at: what stands on its pages, and how many it has, is the server's affair.
 */
export const refuseOrder = ({ pdf, pictures, jobName }: FarOrder): string | undefined => {
  const bytes = pictures.reduce((sum, picture) => sum + picture.length, pdf.length)
  if (bytes > MOST_BYTES) return 'the document is too large for a card'
  if (
    !startsWith(
      pdf,
      [...PDF].map(c => c.charCodeAt(0)),
    )
  )
    return 'the document is not PDF'
  if (pictures.length < 1 || pictures.length > 2) return 'a card has one or two sides'
  if (!pictures.every(isCardPicture)) return 'a picture is not PNG of the size of a card'
  // It stands in the queue for all who use this machine.
  if (!/^[\w .:-]{1,80}$/.test(jobName)) return 'the name of the job is not allowed'
  return undefined
}
