import { bytesToNumber } from '../bytes.ts'
import type { CardCommand } from '../command.ts'
import { CardDataError } from '../errors.ts'

/** GET SERIAL, INS F8 (firmware 5.0.3 and later): unsigned, above 2^31 too. */
export function readSerial(): CardCommand<number> {
  return {
    name: 'yubico.read-serial',
    apdu: { cla: 0x00, ins: 0xf8, p1: 0x00, p2: 0x00, le: 0 },
    decode: ({ data }) => {
      if (data.length !== 4) throw new CardDataError('a serial number is not four bytes')
      return bytesToNumber(data)
    },
  }
}
