import { readFileSync } from 'node:fs'
import { create, type Font } from '@cantoo/fontkit'

const read = new Map<string, Uint8Array>()

/** Read once, when they are first asked for. Those of all fonts together are 60 MB. */
export const fontBytes = (path: string): Uint8Array => {
  const bytes = read.get(path) ?? readFileSync(path)
  read.set(path, bytes)
  return bytes
}

const parsed = new WeakMap<Uint8Array, Font>()

/** Of the same bytes the same font: its tables, too, are read once. */
export const parsedFont = (bytes: Uint8Array): Font => {
  const known = parsed.get(bytes)
  if (known) return known
  const font = create(bytes)
  if (!('unitsPerEm' in font)) throw new Error('a font file that comes with Cardwright has several fonts')
  parsed.set(bytes, font)
  return font
}
