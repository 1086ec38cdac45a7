import { readFileSync } from 'node:fs'
import { create, type Font } from '@cantoo/fontkit'

const parsed = new Map<string, Font>()

/** Read once, when it is first asked for. All of them together have 60 MB. */
export const parsedFont = (path: string): Font => {
  const known = parsed.get(path)
  if (known) return known
  const font = create(readFileSync(path))
  if (!('unitsPerEm' in font)) throw new Error(`${path} is a collection of fonts`)
  parsed.set(path, font)
  return font
}
