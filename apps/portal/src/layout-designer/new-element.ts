import type { LayoutElement } from '@cardwright/contract'
import type { Place } from './place.ts'

/** What the palette offers. */
export const elementKinds = ['text', 'photo', 'image', 'line', 'rectangle', 'code128', 'qr'] as const
type ElementKind = (typeof elementKinds)[number]

export const kindOf = (element: LayoutElement): ElementKind =>
  element.kind === 'barcode' ? (element.symbology === 'QR' ? 'qr' : 'code128') : element.kind

type Size = Pick<Place, 'width' | 'height'>
const sizes: Readonly<Record<ElementKind, Size>> = {
  text: { width: 45, height: 6 },
  photo: { width: 21, height: 27 },
  image: { width: 20, height: 20 },
  line: { width: 50, height: 1 },
  rectangle: { width: 40, height: 15 },
  code128: { width: 45, height: 10 },
  qr: { width: 15, height: 15 },
}

/** A picture as it was made, as large as 20 mm in its longer direction. */
export const pictureSize = (pixels: Size): Size => {
  const scale = 20 / Math.max(pixels.width, pixels.height)
  return { width: pixels.width * scale, height: pixels.height * scale }
}

const ink = '#1f2426'

/** A new element in the middle of an area, `nth` of its side: what is added one after the other does not hide each other. */
export const newElement = (
  kind: Exclude<ElementKind, 'image'> | { readonly picture: string; readonly size: Size },
  id: string,
  area: Place,
  nth: number,
): LayoutElement => {
  const size = typeof kind === 'string' ? sizes[kind] : kind.size
  const shift = (nth % 6) * 1.5
  const box = {
    id,
    x: Math.round(area.x + (area.width - size.width) / 2 + shift),
    y: Math.round(area.y + (area.height - size.height) / 2 + shift),
    ...size,
    rotation: 0 as const,
  }
  if (typeof kind !== 'string') return { kind: 'image', ...box, picture: kind.picture }
  switch (kind) {
    case 'text':
      return {
        kind: 'text',
        ...box,
        content: '{displayName}',
        font: 'SANS',
        size: 11,
        bold: false,
        italic: false,
        colour: ink,
        align: 'START',
        fit: 'SHRINK',
      }
    case 'photo':
      return { kind: 'photo', ...box, radius: 0 }
    case 'line':
      return { kind: 'line', ...box, colour: ink, strokeWidth: 0.3 }
    case 'rectangle':
      return { kind: 'rectangle', ...box, fill: '#cfe6e4', stroke: null, strokeWidth: 0.3, radius: 0 }
    case 'code128':
      return {
        kind: 'barcode',
        ...box,
        symbology: 'CODE128',
        content: '{employeeNumber}',
        colour: '#000000',
        showText: true,
      }
    case 'qr':
      return { kind: 'barcode', ...box, symbology: 'QR', content: '{cardUuid}', colour: '#000000', showText: false }
  }
}

/** Pictures that keep the ratio of their sides when they are made larger by a corner. */
export const keepsRatio = (element: LayoutElement): boolean => ['photo', 'image', 'qr'].includes(kindOf(element))
