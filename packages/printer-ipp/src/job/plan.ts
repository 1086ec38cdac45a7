import { chooseDocument, DOCUMENT_ATTRIBUTES, type PrintDocument } from '../document/choose.ts'
import { PngError } from '../document/png.ts'
import { chooseMedia, MEDIA_ATTRIBUTES, type MediaChoice } from '../media.ts'
import { attribute, type RequestAttribute } from '../message/encode.ts'
import { boolean, type IppAttributes, numbers, OPERATION, strings } from '../message/message.ts'
import { errorFault, type PrinterFault, type PrintOrder } from '../printer.ts'

/** What `planJob` reads of the printer. */
export const PLAN_ATTRIBUTES = [
  'printer-is-accepting-jobs',
  'operations-supported',
  'sides-supported',
  'print-scaling-supported',
  ...MEDIA_ATTRIBUTES,
  ...DOCUMENT_ATTRIBUTES,
] as const

export type JobPlan = {
  readonly document: PrintDocument
  readonly jobAttributes: readonly RequestAttribute[]
  /** Create-Job and Send-Document: the job has a number before anything of it is at the printer. */
  readonly inTwoSteps: boolean
  /** Nothing of it is to be left when it has ended. */
  readonly forget: boolean
}

const mediaAttribute = ({ name, size }: MediaChoice): RequestAttribute =>
  name
    ? attribute('keyword', 'media', name)
    : attribute('begCollection', 'media-col', [
        attribute('begCollection', 'media-size', [
          attribute('integer', 'x-dimension', size.x),
          attribute('integer', 'y-dimension', size.y),
        ]),
      ])

/**
 * `two-sided-long-edge` or `-short-edge`: a letter's pages turn around the long edge; a card's front lies across the upright
 * medium, so that its back, turned like a page of a book, goes around the short one.
 */
const chooseSides = (attributes: IppAttributes, { media, twoSided }: PrintOrder): string | null => {
  if (!twoSided) return 'one-sided'
  const supported = strings(attributes, 'sides-supported')
  const [best, other] =
    media === 'CR80' ? ['two-sided-short-edge', 'two-sided-long-edge'] : ['two-sided-long-edge', 'two-sided-short-edge']
  return [best, other].find(side => supported.includes(side)) ?? null
}

/** How this printer is to print the order, or why it cannot; nothing has been sent yet. */
export const planJob = (attributes: IppAttributes, order: PrintOrder): JobPlan | PrinterFault => {
  if (boolean(attributes, 'printer-is-accepting-jobs') === false)
    return errorFault('NOT_ACCEPTING_JOBS', 'printer-is-accepting-jobs=false')
  const media = chooseMedia(attributes, order.media)
  if (!media) return errorFault('JOB_REFUSED', `media-supported: no ${order.media}`)
  const sides = chooseSides(attributes, order)
  // Two pages on two cards would be two broken cards.
  if (!sides) return errorFault('JOB_REFUSED', 'sides-supported: one-sided')
  const turn = sides === 'one-sided' ? 'ONE_SIDED' : sides === 'two-sided-long-edge' ? 'LONG_EDGE' : 'SHORT_EDGE'
  try {
    const document = chooseDocument(attributes, order, { sides: turn, landscape: media.landscape })
    if (!document) {
      const formats = strings(attributes, 'document-format-supported').slice(0, 5).join(' ')
      return errorFault('FORMAT_NOT_SUPPORTED', `document-format-supported: ${formats || 'none'}`)
    }
    const operations = numbers(attributes, 'operations-supported')
    return {
      document,
      inTwoSteps: operations.includes(OPERATION.createJob) && operations.includes(OPERATION.sendDocument),
      forget: order.confidential === true && operations.includes(OPERATION.cupsGetPrinters),
      jobAttributes: [
        mediaAttribute(media),
        // A printer that knows no sides need not be told that there is one.
        ...(order.twoSided || strings(attributes, 'sides-supported').length > 0
          ? [attribute('keyword', 'sides', sides)]
          : []),
        // PWG 5100.16: as large as it is drawn.
        ...(strings(attributes, 'print-scaling-supported').includes('none')
          ? [attribute('keyword', 'print-scaling', 'none')]
          : []),
      ],
    }
  } catch (error) {
    if (error instanceof PngError) return errorFault('FORMAT_NOT_SUPPORTED', error.message)
    throw error
  }
}
