/** CR80 (ISO/IEC 7810 ID-1). Positions on a card are millimetres from the upper left corner of its side. */
export const CARD_WIDTH_MM = 85.6
export const CARD_HEIGHT_MM = 53.98

/**
 * The place that the element takes up as it is printed. `rotation` turns what is in it, clockwise: at 90 and 270 a text runs
 * along the height of its box. A line runs through the middle of its box, lying at 0 and 180, standing at 90 and 270.
 */
type Box = {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly rotation: 0 | 90 | 180 | 270
}

/** Colours are `#rrggbb`, pictures data URLs of PNG or JPEG, strokes and radii millimetres. */
export type LayoutElement =
  | (Box & {
      readonly kind: 'text'
      /** A template (template.ts). */
      readonly content: string
      readonly font: 'SANS' | 'SERIF' | 'MONO'
      /** Points of 1/72 inch. */
      readonly size: number
      readonly bold: boolean
      readonly italic: boolean
      readonly colour: string
      readonly align: 'START' | 'CENTRE' | 'END'
      readonly fit: 'SHRINK' | 'WRAP' | 'CLIP'
    })
  | (Box & { readonly kind: 'photo'; readonly radius: number })
  | (Box & { readonly kind: 'image'; readonly picture: string })
  | (Box & {
      readonly kind: 'rectangle'
      readonly fill: string | null
      readonly stroke: string | null
      readonly strokeWidth: number
      readonly radius: number
    })
  | (Box & { readonly kind: 'line'; readonly colour: string; readonly strokeWidth: number })
  | (Box & {
      readonly kind: 'barcode'
      readonly symbology: 'CODE128' | 'QR'
      /** A template. */
      readonly content: string
      readonly colour: string
      readonly showText: boolean
    })

export type LayoutSide = {
  readonly background: string
  readonly backgroundPicture: string | null
  readonly elements: readonly LayoutElement[]
}

/** What is printed on a card. A published version never changes. */
export type LayoutContent = {
  readonly name: string
  readonly description: string
  readonly front: LayoutSide
  readonly back: LayoutSide | null
  readonly magneticStripe: 'NONE' | 'BACK'
  readonly chip: 'NONE' | 'FRONT'
}

export type CardLayout = {
  readonly id: string
  readonly version: number
  readonly content: LayoutContent
  readonly publishedAt: number
  readonly publishedBy: string
  readonly note: string
  readonly retired: boolean
}

export type CardSide = 'FRONT' | 'BACK'

/** The sides that the layout has, in the order in which they are printed. */
export const sidesOf = ({ front, back }: LayoutContent): readonly (readonly [CardSide, LayoutSide])[] =>
  back === null
    ? [['FRONT', front]]
    : [
        ['FRONT', front],
        ['BACK', back],
      ]
