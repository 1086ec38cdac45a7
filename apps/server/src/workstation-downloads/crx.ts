import { createHash, type KeyObject, sign } from 'node:crypto'

/** Who signs the extension: the public key makes its id, so the key is made once for an installation. */
export type ExtensionKey = { readonly privateKey: KeyObject; readonly publicKey: Uint8Array }

/** First half of SHA-256 over the public key (SubjectPublicKeyInfo, DER), written with the letters a to p for 0 to f. */
export const extensionId = (publicKey: Uint8Array): string =>
  idBytes(publicKey)
    .toString('hex')
    .replace(/[0-9a-f]/g, digit => String.fromCharCode(97 + Number.parseInt(digit, 16)))

/**
 * A CRX3 package: a header in protocol buffers before the ZIP archive (Chromium, components/crx_file/crx3.proto and
 * crx_creator.cc). The header holds the public key, a signature over header and archive, and the id.
 */
export const crx = ({ privateKey, publicKey }: ExtensionKey, archive: Uint8Array): Uint8Array => {
  const signedData = field(1, idBytes(publicKey))
  const signed = [Buffer.from('CRX3 SignedData\0', 'latin1'), uint32(signedData.length), signedData, archive]
  const signature = sign('sha256', Buffer.concat(signed), privateKey)
  const proof = Buffer.concat([field(1, publicKey), field(2, signature)])
  const header = Buffer.concat([field(2, proof), field(10_000, signedData)])
  return Uint8Array.from(Buffer.concat([Buffer.from('Cr24'), uint32(3), uint32(header.length), header, archive]))
}

const idBytes = (publicKey: Uint8Array): Buffer => createHash('sha256').update(publicKey).digest().subarray(0, 16)

/** A field of type `bytes`: tag (number and wire type 2), length, value. */
const field = (number: number, value: Uint8Array): Buffer =>
  Buffer.concat([varint((number << 3) | 2), varint(value.length), value])

const varint = (value: number): Buffer => {
  const bytes: number[] = []
  let rest = value
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80)
    rest >>>= 7
  }
  return Buffer.from([...bytes, rest])
}

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
