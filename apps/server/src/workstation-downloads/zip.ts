import { crc32, deflateRawSync } from 'node:zlib'

export type ZipFile = { readonly path: string; readonly bytes: Uint8Array }

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
/** 2.0: the least that knows deflate. */
const VERSION = 20
const DEFLATE = 8
/** File names are UTF-8 (APPNOTE 4.4.4, bit 11). */
const UTF8 = 0x0800
/** 1 January 1980, the first day that the format knows: the same files give the same bytes on every server. */
const DATE = 0x0021

/** A ZIP archive (PKWARE APPNOTE 6.3) of a few small files, in the order given. */
export const zip = (files: readonly ZipFile[]): Uint8Array => {
  const entries: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { path, bytes } of files) {
    const name = Buffer.from(path)
    const packed = deflateRawSync(bytes, { level: 9 })
    const common = Buffer.alloc(26)
    common.writeUInt16LE(VERSION, 0)
    common.writeUInt16LE(UTF8, 2)
    common.writeUInt16LE(DEFLATE, 4)
    common.writeUInt16LE(DATE, 8)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(bytes.length, 18)
    common.writeUInt16LE(name.length, 22)
    const entry = Buffer.concat([uint32(LOCAL), common, name, packed])
    const attributes = Buffer.alloc(14)
    attributes.writeUInt32LE(offset, 10)
    entries.push(entry)
    directory.push(Buffer.concat([uint32(CENTRAL), uint16(VERSION), common, attributes, name]))
    offset += entry.length
  }
  const size = directory.reduce((sum, one) => sum + one.length, 0)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(files.length, 4)
  end.writeUInt16LE(files.length, 6)
  end.writeUInt32LE(size, 8)
  end.writeUInt32LE(offset, 12)
  return Uint8Array.from(Buffer.concat([...entries, ...directory, uint32(END), end]))
}

const uint16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
