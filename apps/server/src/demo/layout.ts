import type { LayoutContent, LayoutElement } from '@cardwright/core'

type Text = Extract<LayoutElement, { readonly kind: 'text' }>
type Place = readonly [x: number, y: number, width: number, height: number]

const boxOf = ([x, y, width, height]: Place) => ({ x, y, width, height, rotation: 0 }) as const

const text = (id: string, place: Place, content: string, change: Partial<Text> = {}): Text => ({
  id,
  kind: 'text',
  ...boxOf(place),
  content,
  font: 'SANS',
  size: 8,
  bold: false,
  italic: false,
  colour: '#1d2733',
  align: 'START',
  fit: 'SHRINK',
  ...change,
})

const band = (id: string, place: Place): LayoutElement => ({
  id,
  kind: 'rectangle',
  ...boxOf(place),
  fill: '#17496b',
  stroke: null,
  strokeWidth: 0,
  radius: 0,
})

const barcode = (id: string, symbology: 'CODE128' | 'QR', place: Place, content: string): LayoutElement => ({
  id,
  kind: 'barcode',
  ...boxOf(place),
  symbology,
  content,
  colour: '#000000',
  showText: symbology === 'CODE128',
})

const small = { size: 6, colour: '#5b6773' } as const
const side = (elements: readonly LayoutElement[]) => ({ background: '#ffffff', backgroundPicture: null, elements })

/**
 * The badge of the demo: what most badges have, kept clear of chip and edge. The bands reach over the edge, as what is
 * printed to it must.
 */
export const demoLayout: LayoutContent = {
  name: 'Staff badge (demo)',
  description: 'Photo, name and numbers in front; QR and Code 128 on the back.',
  front: side([
    band('top', [-2, -2, 89.6, 12]),
    text('organisation', [4, 2.5, 78, 5.5], '{organisation}', { size: 11, bold: true, colour: '#ffffff' }),
    { id: 'photo', kind: 'photo', ...boxOf([58, 13, 23, 29.57]), radius: 1.5 },
    text('name', [4, 32, 52, 7], '{displayName}', { size: 13, bold: true }),
    text('department', [4, 39, 52, 4.5], '{department}', { size: 9 }),
    text('number-label', [4, 45, 24, 2.8], 'EMPLOYEE', small),
    text('number', [4, 47.6, 24, 4], '{employeeNumber}'),
    text('expiry-label', [30, 45, 26, 2.8], 'VALID UNTIL', small),
    text('expiry', [30, 47.6, 26, 4], '{expiresOn}'),
  ]),
  back: side([
    band('top', [-2, -2, 89.6, 6]),
    barcode('qr', 'QR', [4, 8, 24, 24], '{cardUuid}'),
    text(
      'found',
      [32, 9, 49, 16],
      'This card is the property of {organisation}. Whoever finds it, please hand it in.',
      {
        fit: 'WRAP',
      },
    ),
    text('issued-label', [32, 26, 20, 2.8], 'ISSUED', small),
    text('issued', [32, 28.6, 20, 4], '{issuedOn}'),
    barcode('code', 'CODE128', [4, 36, 77.6, 14], '{serial}'),
  ]),
  magneticStripe: 'NONE',
  chip: 'FRONT',
}
