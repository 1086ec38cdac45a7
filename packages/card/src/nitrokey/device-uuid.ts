import { bytesToHex, hexToBytes } from '../bytes.ts'
import type { CardCommand } from '../command.ts'
import { CardDataError } from '../errors.ts'

const ADMIN_AID = hexToBytes('A00000084700000001')

/** SELECT of the admin application that Solo 2 and Nitrokey 3 have (trussed-dev/admin-app). */
export function selectNitrokeyAdmin(): CardCommand<undefined> {
  return {
    name: 'nitrokey.select-admin',
    apdu: { cla: 0x00, ins: 0xa4, p1: 0x04, p2: 0x00, data: ADMIN_AID, le: 0 },
    decode: () => undefined,
  }
}

/**
 * UUID, INS 62 of the admin application: 16 bytes that no two keys share, hex. Only for cards known by their ATR: ISO
 * 7816-3 §10.3.2 forbids INS 6X over T=0, and the same application restarts the key on 53 and opens it for a new
 * firmware on 51.
 */
export function readNitrokeyUuid(): CardCommand<string> {
  return {
    name: 'nitrokey.read-uuid',
    apdu: { cla: 0x00, ins: 0x62, p1: 0x00, p2: 0x00, le: 0 },
    decode: ({ data }) => {
      if (data.length !== 16) throw new CardDataError('a device UUID is not 16 bytes')
      if (data.every(byte => byte === data[0])) throw new CardDataError('a device UUID is not set')
      return bytesToHex(data)
    },
  }
}
