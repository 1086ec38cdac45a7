import { malformed } from '../pki-error.ts'
import type { DerElement } from './read.ts'
import { TAG } from './tag.ts'

const utf8Decoder = new TextDecoder('utf-8', { fatal: true })
const MAX_STRING = 8192

function latin(bytes: Uint8Array): string {
  let out = ''
  for (const byte of bytes) out += String.fromCharCode(byte)
  return out
}

/** Text of any string type that names and general names may carry; T61 is read as Latin-1, as every implementation does. */
export function stringValue(element: DerElement, what: string): string {
  const { tag, value } = element
  if (value.length > MAX_STRING) throw malformed(`${what}: string is longer than ${MAX_STRING} octets`)
  switch (tag) {
    case TAG.utf8String:
      try {
        return utf8Decoder.decode(value)
      } catch {
        throw malformed(`${what}: not UTF-8`)
      }
    case TAG.printableString:
    case TAG.ia5String:
    case TAG.numericString:
    case TAG.visibleString:
    case TAG.generalString:
      return asciiText(value, what)
    case TAG.teletexString:
      return latin(value)
    case TAG.bmpString: {
      if (value.length % 2 !== 0) throw malformed(`${what}: BMPString has an odd length`)
      let out = ''
      for (let i = 0; i < value.length; i += 2)
        out += String.fromCharCode(((value[i] as number) << 8) | (value[i + 1] as number))
      return out
    }
    default:
      throw malformed(`${what}: tag ${tag.toString(16)} is not a string`)
  }
}

export function asciiText(bytes: Uint8Array, what: string): string {
  if (bytes.length > MAX_STRING || bytes.some(byte => byte > 0x7f)) throw malformed(`${what}: not ASCII text`)
  return latin(bytes)
}
