import { gzipSync } from 'node:zlib'

/** A file of an archive; `name` with its folder, `mode` as in `chmod`. */
export type ArchiveFile = { readonly name: string; readonly mode: number; readonly content: Uint8Array }

const BLOCK = 512

/**
 * POSIX ustar (IEEE 1003.1 pax, "ustar Interchange Format"), gzipped. Owner, time and order do not come from the machine, so the
 * same files give the same bytes. Names up to 100 bytes.
 */
export const writeTarGz = (files: readonly ArchiveFile[]): Uint8Array =>
  gzipSync(Buffer.concat([...files.flatMap(entry), Buffer.alloc(2 * BLOCK)]), { level: 6 })

const entry = ({ name, mode, content }: ArchiveFile): Uint8Array[] => {
  const header = Buffer.alloc(BLOCK)
  const octal = (value: number, offset: number, digits: number) =>
    header.write(value.toString(8).padStart(digits, '0'), offset, 'ascii')
  if (Buffer.byteLength(name) > 100) throw new RangeError(`the name ${name} is too long for an archive`)
  header.write(name, 0, 'utf8')
  octal(mode, 100, 7)
  octal(0, 108, 7)
  octal(0, 116, 7)
  octal(content.length, 124, 11)
  octal(0, 136, 11)
  header.fill(' ', 148, 156)
  header.write('0', 156, 'ascii')
  header.write('ustar\u000000', 257, 'ascii')
  header.write('root', 265, 'ascii')
  header.write('root', 297, 'ascii')
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii')
  const rest = content.length % BLOCK
  return [header, content, Buffer.alloc(rest === 0 ? 0 : BLOCK - rest)]
}
