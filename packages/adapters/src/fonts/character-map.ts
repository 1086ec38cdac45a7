import { closeSync, openSync, readSync } from 'node:fs'

/** Which characters a font has a glyph for. */
export type CharacterMap = (codePoint: number) => boolean

/** Reads only what is asked for: a font of Chinese has 8 MB, its list of characters some 100 KB. */
const readAt = (file: number, position: number, length: number): DataView => {
  const bytes = new Uint8Array(length)
  const read = readSync(file, bytes, 0, length, position)
  if (read !== length) throw new Error('a font file that comes with Cardwright is cut off')
  return new DataView(bytes.buffer)
}

/** OpenType 1.9.1, “cmap”: format 4 has characters of 16 bits, format 12 all. */
const readMap = (path: string): CharacterMap => {
  const file = openSync(path, 'r')
  try {
    const tables = readAt(file, 12, readAt(file, 4, 2).getUint16(0) * 16)
    let cmap = -1
    for (let at = 0; at < tables.byteLength; at += 16)
      if (tables.getUint32(at) === 0x636d6170) cmap = tables.getUint32(at + 8)
    if (cmap < 0) throw new Error(`${path} has no list of characters`)
    const records = readAt(file, cmap + 4, readAt(file, cmap + 2, 2).getUint16(0) * 8)
    const maps: CharacterMap[] = []
    for (let at = 0; at < records.byteLength; at += 8) {
      const start = cmap + records.getUint32(at + 4)
      const format = readAt(file, start, 2).getUint16(0)
      if (format === 4) maps.push(segments(readAt(file, start, readAt(file, start + 2, 2).getUint16(0))))
      if (format === 12) maps.push(groups(readAt(file, start, readAt(file, start + 4, 4).getUint32(0))))
    }
    return codePoint => maps.some(map => map(codePoint))
  } finally {
    closeSync(file)
  }
}

const segments = (table: DataView): CharacterMap => {
  const size = table.getUint16(6)
  return codePoint => {
    if (codePoint >= 0xffff) return false
    for (let at = 0; at < size; at += 2) {
      if (table.getUint16(14 + at) < codePoint) continue
      const start = table.getUint16(16 + size + at)
      if (start > codePoint) return false
      const delta = table.getUint16(16 + size * 2 + at)
      const offsetAt = 16 + size * 3 + at
      const offset = table.getUint16(offsetAt)
      if (offset === 0) return ((codePoint + delta) & 0xffff) !== 0
      const glyphAt = offsetAt + offset + (codePoint - start) * 2
      return glyphAt + 2 <= table.byteLength && table.getUint16(glyphAt) !== 0
    }
    return false
  }
}

const groups = (table: DataView): CharacterMap => {
  const count = table.getUint32(12)
  return codePoint => {
    let low = 0
    let high = count - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const at = 16 + middle * 12
      if (codePoint < table.getUint32(at)) high = middle - 1
      else if (codePoint > table.getUint32(at + 4)) low = middle + 1
      else return table.getUint32(at + 8) + codePoint - table.getUint32(at) !== 0
    }
    return false
  }
}

const read = new Map<string, CharacterMap>()

/** Read once, when it is first asked for. */
export const charactersOf = (path: string): CharacterMap => {
  const known = read.get(path)
  if (known) return known
  const map = readMap(path)
  read.set(path, map)
  return map
}
