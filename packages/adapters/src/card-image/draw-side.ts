import {
  type CardFilling,
  type CardSide,
  fillTemplate,
  isCode128Text,
  type LayoutElement,
  type LayoutProblem,
  type LayoutProblemCode,
  type LayoutSide,
  layoutProblem,
  textsBeyondSide,
} from '@cardwright/core'
import type { FontFile } from '../fonts/index.ts'
import { CARD_PIXELS, lyingBox, PIXELS_PER_MM } from './card-pixels.ts'
import { drawBarcode } from './draw-barcode.ts'
import { drawPhoto } from './draw-photo.ts'
import { drawText } from './draw-text.ts'
import type { Pictures } from './pictures.ts'
import { svgDocument, tag } from './svg.ts'

export type DrawnSide = {
  readonly svg: string
  readonly faces: ReadonlySet<FontFile>
  readonly problems: readonly LayoutProblem[]
}

type Drawing = {
  readonly filling: CardFilling
  readonly pictures: Pictures
  readonly faces: Set<FontFile>
  readonly problem: (element: string | null, code: LayoutProblemCode, params?: Readonly<Record<string, string>>) => void
}

/** Of one element: longer than any name, and a third of what a side has room for (core/layout/side-letters.ts). */
const MAX_LETTERS = 1000

const named = (character: string): { character: string; codePoint: string } => {
  const code = character.codePointAt(0) ?? 0
  const seen = /^[\p{L}\p{N}\p{P}\p{S}]/u.test(character)
  return {
    character: seen ? `“${character}”` : 'without a sign of its own',
    codePoint: `U+${code.toString(16).toUpperCase().padStart(4, '0')}`,
  }
}

const beginning = (text: string): string => ([...text].length > 40 ? `${[...text].slice(0, 39).join('')}…` : text)

type Of<Kind extends LayoutElement['kind']> = Extract<LayoutElement, { readonly kind: Kind }>

const text = async (element: Of<'text'>, { filling, faces, problem }: Drawing, clip: string): Promise<string> => {
  const box = lyingBox(element)
  const filled = fillTemplate(element.content, filling.values).text
  const letters = [...filled]
  if (letters.length > MAX_LETTERS) problem(element.id, 'TEXT_TOO_LONG', { text: beginning(filled) })
  const drawn = await drawText(letters.slice(0, MAX_LETTERS).join(''), element, box, filling.language)
  for (const face of drawn.faces) faces.add(face)
  for (const character of drawn.missing) problem(element.id, 'CHARACTER_MISSING', named(character))
  if (drawn.tooLong) problem(element.id, 'TEXT_TOO_LONG', { text: beginning(filled) })
  if (drawn.markup === '') return ''
  // A letter may reach beyond its advance: only what was cut off on purpose, or is told to be too long, is cut.
  if (element.fit !== 'CLIP' && !drawn.tooLong) return tag('g', { transform: box.place }, drawn.markup)
  const { x, y, width, height } = box
  return tag(
    'g',
    { transform: box.place },
    tag('clipPath', { id: clip }, tag('rect', { x, y, width, height })) +
      tag('g', { 'clip-path': `url(#${clip})` }, drawn.markup),
  )
}

const barcode = async (element: Of<'barcode'>, { filling, faces, problem }: Drawing): Promise<string> => {
  const filled = fillTemplate(element.content, filling.values).text
  // What it holds is checked by core; here is told what only drawing shows.
  if (filled === '' || (element.symbology === 'CODE128' && !isCode128Text(filled))) return ''
  const box = lyingBox(element)
  const drawn = await drawBarcode(element, filled, box)
  if (!drawn.ok) {
    problem(element.id, 'BARCODE_IMPOSSIBLE', { why: drawn.why })
    return ''
  }
  for (const face of drawn.faces) faces.add(face)
  for (const character of drawn.missing) problem(element.id, 'CHARACTER_MISSING', named(character))
  return tag('g', { transform: box.place }, drawn.markup)
}

const photo = async (element: Of<'photo'>, { filling, pictures, problem }: Drawing, clip: string): Promise<string> => {
  const box = lyingBox(element)
  const placed = filling.photo === null ? null : await pictures.place(filling.photo, box, 'cover')
  if (placed && !placed.ok) problem(element.id, 'PICTURE_UNREADABLE', { why: placed.why })
  return tag('g', { transform: box.place }, drawPhoto(box, element.radius, placed?.ok ? placed.href : null, clip))
}

const image = async (element: Of<'image'>, { pictures, problem }: Drawing): Promise<string> => {
  const box = lyingBox(element)
  const { x, y, width, height } = box
  const placed = await pictures.place(element.picture, box, 'inside')
  if (placed.ok) return tag('g', { transform: box.place }, tag('image', { x, y, width, height, href: placed.href }))
  problem(element.id, 'PICTURE_UNREADABLE', { why: placed.why })
  return ''
}

/** The stroke is inside of the box: the box is what is printed. */
const rectangle = (element: Of<'rectangle'>): string => {
  const box = lyingBox(element)
  const stroke = element.stroke === null ? 0 : element.strokeWidth * PIXELS_PER_MM
  const width = Math.max(0, box.width - stroke)
  const height = Math.max(0, box.height - stroke)
  const radius = Math.min(element.radius * PIXELS_PER_MM, box.width / 2, box.height / 2)
  return tag('rect', {
    transform: box.place,
    x: stroke / 2,
    y: stroke / 2,
    width,
    height,
    rx: Math.max(0, radius - stroke / 2),
    fill: element.fill ?? 'none',
    stroke: stroke > 0 ? element.stroke : null,
    'stroke-width': stroke > 0 ? stroke : null,
  })
}

const line = (element: Of<'line'>): string => {
  const { place, width, height } = lyingBox(element)
  const thickness = Math.max(1, Math.round(element.strokeWidth * PIXELS_PER_MM))
  const y = Math.round((height - thickness) / 2)
  return tag('rect', { transform: place, x: 0, y, width, height: thickness, fill: element.colour })
}

const draw = async (element: LayoutElement, drawing: Drawing, clip: string): Promise<string> => {
  switch (element.kind) {
    case 'text':
      return text(element, drawing, clip)
    case 'barcode':
      return barcode(element, drawing)
    case 'photo':
      return photo(element, drawing, clip)
    case 'image':
      return image(element, drawing)
    case 'rectangle':
      return rectangle(element)
    case 'line':
      return line(element)
  }
}

/** A side as SVG of 1011 × 638, element on element in their order, with the fonts that it needs. */
export const drawSide = async (
  side: CardSide,
  layout: LayoutSide,
  filling: CardFilling,
  pictures: Pictures,
): Promise<DrawnSide> => {
  const problems: LayoutProblem[] = []
  const faces = new Set<FontFile>()
  const drawing: Drawing = {
    filling,
    pictures,
    faces,
    problem: (element, code, params) => void problems.push(layoutProblem(side, element, code, params)),
  }
  const { width, height } = CARD_PIXELS
  const parts = [tag('rect', { x: 0, y: 0, width, height, fill: layout.background })]
  if (layout.backgroundPicture !== null) {
    const placed = await pictures.place(layout.backgroundPicture, CARD_PIXELS, 'cover')
    if (placed.ok) parts.push(tag('image', { x: 0, y: 0, width, height, href: placed.href }))
    else drawing.problem(null, 'PICTURE_UNREADABLE', { why: placed.why })
  }
  // Told by checkLayout.
  const beyond = new Set(textsBeyondSide(layout.elements, filling.values))
  for (const [index, element] of layout.elements.entries())
    if (!beyond.has(element)) parts.push(await draw(element, drawing, `clip-${index}`))
  return { svg: svgDocument(width, height, parts.join('')), faces, problems }
}
