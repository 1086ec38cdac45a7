import { type Rule, unless } from '../rule.ts'

/**
 * RFC 5280 §4.1.2.2: positive, at most 20 octets. Stricter: at least 64 bits long, as a serial number from a CSPRNG is; it
 * keeps the issuer's part of the signed bytes unpredictable (CA/Browser Forum BR §7.1).
 */
export const serialNumber: Rule = {
  id: 'rfc5280/serial-number',
  check({ serialNumber: serial }, { minSerialOctets = 8 }) {
    const positive = (serial[0] as number) < 0x80 && serial.some(octet => octet !== 0)
    return [
      ...unless(positive, 'Serial number is not positive'),
      ...unless(serial.length <= 20, `Serial number has ${serial.length} octets, more than 20`),
      ...unless(
        serial.length >= minSerialOctets,
        `Serial number has ${serial.length} octets, fewer than ${minSerialOctets}`,
      ),
    ]
  },
}
