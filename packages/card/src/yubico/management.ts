import { bytesToNumber, hexToBytes } from '../bytes.ts'
import type { CardCommand } from '../command.ts'
import { CardDataError } from '../errors.ts'
import { decodeTlvs, findTlv } from '../tlv/ber-tlv.ts'
import type { FirmwareVersion } from './firmware-version.ts'

const MANAGEMENT_AID = hexToBytes('A000000527471117')
const [SERIAL, FORM_FACTOR, VERSION] = [0x02, 0x04, 0x05]
const [FIPS_CAPABLE, FIPS_APPROVED, PIN_COMPLEXITY, RESET_BLOCKED] = [0x14, 0x15, 0x16, 0x18]
const FIPS_SERIES = 0x80
/** Bit of PIV in the FIPS masks, which are numbered on their own, and in the usual mask of applications. */
const [FIPS_PIV, PIV] = [0x02, 0x10]

/** SELECT of the YubiKey's management application: only a YubiKey (or a good imitation) has it. */
export function selectManagement(): CardCommand<undefined> {
  return {
    name: 'yubico.select-management',
    apdu: { cla: 0x00, ins: 0xa4, p1: 0x04, p2: 0x00, data: MANAGEMENT_AID, le: 0 },
    decode: () => undefined,
  }
}

export type DeviceInformation = {
  readonly serial: number | undefined
  readonly version: FirmwareVersion | undefined
  readonly formFactor: number | undefined
  readonly fipsSeries: boolean
  /** Of the PIV application, firmware 5.7 and later: can be, or is now, in FIPS-approved mode. */
  readonly fipsCapable: boolean
  readonly fipsApproved: boolean
  /** The firmware refuses trivial PINs and PUKs (5.7 and later). */
  readonly pinComplexity: boolean
  /** PIV cannot be reset alone, as on a YubiKey Bio with fingerprints. */
  readonly resetBlocked: boolean
}

/**
 * READ CONFIG, INS 1D of the management application (firmware 4.1 and later): length byte, then TLVs. From 5.7 on there
 * may be a second page; older firmware answers any page with the first. Tags and masks: yubikey-manager management.py.
 */
export function readDeviceInformation(page = 0): CardCommand<DeviceInformation> {
  return {
    name: 'yubico.read-device-information',
    apdu: { cla: 0x00, ins: 0x1d, p1: page, p2: 0x00, le: 0 },
    decode: ({ data }) => {
      if (data[0] !== data.length - 1) throw new CardDataError('the device information has a wrong length')
      const objects = decodeTlvs(data.subarray(1))
      const serial = findTlv(objects, SERIAL)
      const [major, minor, patch] = findTlv(objects, VERSION) ?? []
      const formFactor = findTlv(objects, FORM_FACTOR)?.[0]
      const hasVersion = major !== undefined && minor !== undefined && patch !== undefined
      const has = (tag: number, bit: number) => ((findTlv(objects, tag)?.at(-1) ?? 0) & bit) !== 0
      return {
        serial: serial?.length === 4 ? bytesToNumber(serial) : undefined,
        version: hasVersion ? { major, minor, patch } : undefined,
        formFactor: formFactor === undefined ? undefined : formFactor & 0x0f,
        fipsSeries: ((formFactor ?? 0) & FIPS_SERIES) !== 0,
        fipsCapable: has(FIPS_CAPABLE, FIPS_PIV),
        fipsApproved: has(FIPS_APPROVED, FIPS_PIV),
        pinComplexity: has(PIN_COMPLEXITY, 0x01),
        resetBlocked: has(RESET_BLOCKED, PIV),
      }
    },
  }
}
