/** Everything in a tar archive is a multiple of this (POSIX.1-1988 ustar). */
const TAR_BLOCK = 512

/** A plain file, readable by all, as it stands in an archive: header and padded content. No end of the archive follows. */
export const tarEntry = (path: string, content: Uint8Array): Uint8Array => {
  if (Buffer.byteLength(path) > 100) throw new Error(`${path} is too long a name for a ustar header`)
  const header = Buffer.alloc(TAR_BLOCK)
  header.write(path, 0)
  header.write('0000644\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  header.write(octal(content.length, 11), 124)
  header.write(octal(0, 11), 136)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  // The sum is taken with spaces in its own place.
  header.write(' '.repeat(8), 148)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${octal(sum, 6)} `, 148)
  const padding = Buffer.alloc((TAR_BLOCK - (content.length % TAR_BLOCK)) % TAR_BLOCK)
  return Uint8Array.from(Buffer.concat([header, content, padding]))
}

const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`
