import type { LayoutContent, LayoutElement } from '@cardwright/core'

const text = (id: string, y: number, size: number, content: string): LayoutElement => ({
  id,
  kind: 'text',
  x: 8,
  y,
  width: 69,
  height: 8,
  rotation: 0,
  content,
  font: 'SANS',
  size,
  bold: size > 10,
  italic: false,
  colour: '#000000',
  align: 'CENTRE',
  fit: 'SHRINK',
})

/** A frame two millimetres from the edge shows whether the print is centred, the code whether it is sharp. */
export const testCard = (printer: string, day: string): LayoutContent => {
  const frame = { x: 2, y: 2, width: 81.6, height: 49.98, rotation: 0 } as const
  const code = { x: 32.8, y: 29, width: 20, height: 20, rotation: 0 } as const
  const elements: LayoutElement[] = [
    { id: 'frame', kind: 'rectangle', ...frame, fill: null, stroke: '#000000', strokeWidth: 0.3, radius: 0 },
    text('title', 6, 16, 'Test card'),
    // Braces of a name are no fields.
    text('printer', 15, 9, printer.replace(/[{}]/g, '$&$&')),
    text('day', 21, 9, day),
    {
      id: 'code',
      kind: 'barcode',
      ...code,
      symbology: 'QR',
      content: 'Cardwright test card',
      colour: '#000000',
      showText: false,
    },
  ]
  const front = { background: '#ffffff', backgroundPicture: null, elements }
  return { name: 'Test card', description: '', front, back: null, magneticStripe: 'NONE', chip: 'NONE' }
}
