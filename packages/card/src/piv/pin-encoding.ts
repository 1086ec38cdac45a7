/** Bytes of a PIN or PUK field (SP 800-73-5 part 2 §2.4.3). */
const FIELD_LENGTH = 8

/**
 * ASCII digits padded with FF to 8 bytes (SP 800-73-5 part 2 §2.4.3). The standard wants 6 to 8 digits; 4 and 5 are
 * let through for cards that are configured so. Throws RangeError without the value.
 */
export function encodePin(pin: string): Uint8Array {
  if (!/^[0-9]{4,8}$/.test(pin)) throw new RangeError('a PIN must be 4 to 8 digits')
  return pad(pin)
}

/** Printable ASCII, 6 to 8 characters, padded with FF: what every known card takes as a PUK. Throws RangeError. */
export function encodePuk(puk: string): Uint8Array {
  if (!/^[\x20-\x7e]{6,8}$/.test(puk)) throw new RangeError('a PUK must be 6 to 8 printable ASCII characters')
  return pad(puk)
}

function pad(text: string): Uint8Array {
  const field = new Uint8Array(FIELD_LENGTH).fill(0xff)
  for (let i = 0; i < text.length; i++) field[i] = text.charCodeAt(i)
  return field
}
