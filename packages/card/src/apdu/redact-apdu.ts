import { hexToBytes } from '../bytes.ts'
import { decodeApdu } from './decode-apdu.ts'

/**
 * Instructions whose data hold a secret: VERIFY, CHANGE REFERENCE DATA, RESET RETRY COUNTER, PUT KEY, and Yubico's
 * IMPORT KEY and SET MANAGEMENT KEY. The class byte is ignored, so chained and wrapped forms are covered too.
 */
const SECRET_INSTRUCTIONS = new Set([0x20, 0x24, 0x2c, 0xd8, 0xfe, 0xff])

export function carriesSecret(ins: number): boolean {
  return SECRET_INSTRUCTIONS.has(ins)
}

/**
 * The one place through which every APDU passes on its way into a trace, log or error. Shows the header and the length
 * of what was blanked. What cannot be read as an APDU is blanked behind its first four bytes.
 */
export function redactApdu(hex: string): string {
  let apdu: Uint8Array
  try {
    apdu = hexToBytes(hex)
  } catch {
    return '[not hexadecimal]'
  }
  const ins = apdu[1]
  if (ins === undefined || apdu.length <= 4) return hex
  const blanked = `${hex.slice(0, 8)}[${apdu.length - 4} bytes blanked]`
  if (carriesSecret(ins)) return blanked
  try {
    decodeApdu(apdu)
    return hex
  } catch {
    return blanked
  }
}
