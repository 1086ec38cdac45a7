import { bytesToHex, bytesToNumber, concatBytes } from '../bytes.ts'
import type { CardCommand } from '../command.ts'
import { CardDataError } from '../errors.ts'
import { decodeTlv } from '../tlv/ber-tlv.ts'

const TAG = 0x9f7f
const LENGTH = 42

/** Card production life cycle data: what the maker wrote for good. Offsets as in GlobalPlatform's CPLC of 42 bytes. */
export type ProductionLifeCycle = {
  /** IC fabricator ‖ type ‖ fabrication date ‖ serial number ‖ batch, hex: no two cards share it. */
  readonly chipIdentity: string
  readonly fabricator: number
  readonly chipSerialNumber: number
}

/** GET DATA 9F7F to the selected security domain. */
export function readProductionLifeCycle(): CardCommand<ProductionLifeCycle> {
  return {
    name: 'globalplatform.read-cplc',
    apdu: { cla: 0x80, ins: 0xca, p1: 0x9f, p2: 0x7f, le: 0 },
    decode: ({ data }) => {
      const cplc = decodeTlv(data, TAG)
      if (cplc.length !== LENGTH) throw new CardDataError(`the CPLC has ${cplc.length} bytes, not ${LENGTH}`)
      return {
        chipIdentity: bytesToHex(concatBytes(cplc.subarray(0, 4), cplc.subarray(10, 18))),
        fabricator: bytesToNumber(cplc.subarray(0, 2)),
        chipSerialNumber: bytesToNumber(cplc.subarray(12, 16)),
      }
    },
  }
}
