import type { CardFilling, LayoutContent, LayoutElement } from '@cardwright/core'

type Of<Kind extends LayoutElement['kind']> = Extract<LayoutElement, { readonly kind: Kind }>

export const text = (change: Partial<Of<'text'>> = {}): Of<'text'> => ({
  kind: 'text',
  id: 'text',
  x: 30,
  y: 10,
  width: 50,
  height: 8,
  rotation: 0,
  content: '{displayName}',
  font: 'SANS',
  size: 14,
  bold: false,
  italic: false,
  colour: '#000000',
  align: 'START',
  fit: 'SHRINK',
  ...change,
})

export const photo = (change: Partial<Of<'photo'>> = {}): Of<'photo'> => ({
  kind: 'photo',
  id: 'photo',
  x: 4,
  y: 10,
  width: 21,
  height: 27,
  rotation: 0,
  radius: 2,
  ...change,
})

export const barcode = (change: Partial<Of<'barcode'>> = {}): Of<'barcode'> => ({
  kind: 'barcode',
  id: 'barcode',
  x: 30,
  y: 38,
  width: 50,
  height: 12,
  rotation: 0,
  symbology: 'CODE128',
  content: '{employeeNumber}',
  colour: '#000000',
  showText: false,
  ...change,
})

export const rectangle = (change: Partial<Of<'rectangle'>> = {}): Of<'rectangle'> => ({
  kind: 'rectangle',
  id: 'rectangle',
  x: 0,
  y: 0,
  width: 85.6,
  height: 8,
  rotation: 0,
  fill: '#1f4e79',
  stroke: null,
  strokeWidth: 0,
  radius: 0,
  ...change,
})

export const layoutOf = (
  elements: readonly LayoutElement[],
  back: readonly LayoutElement[] | null = null,
  change: Partial<LayoutContent> = {},
): LayoutContent => ({
  name: 'Badge',
  description: '',
  front: { background: '#ffffff', backgroundPicture: null, elements },
  back: back && { background: '#ffffff', backgroundPicture: null, elements: back },
  magneticStripe: 'NONE',
  chip: 'NONE',
  ...change,
})

export const fillingOf = (
  values: Partial<CardFilling['values']> = {},
  change: Partial<Omit<CardFilling, 'values'>> = {},
): CardFilling => ({
  values: {
    displayName: 'Ivana Dvořáková',
    givenName: 'Ivana',
    familyName: 'Dvořáková',
    email: 'ivana@example.org',
    upn: null,
    loginName: 'ivana',
    employeeNumber: '10042',
    department: 'Legal',
    organisation: 'Example',
    serial: '12345678',
    cardUuid: '01234567-89ab-4cde-8f01-23456789abcd',
    issuedOn: '2026-01-01',
    expiresOn: '2029-01-01',
    ...values,
  },
  photo: null,
  language: null,
  ...change,
})
