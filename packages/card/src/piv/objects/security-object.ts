import { bytesToNumber, concatBytes, numberToBytes } from '../../bytes.ts'
import { CardDataError } from '../../errors.ts'
import { decodeTlvs, encodeTlv, requireTlv } from '../../tlv/ber-tlv.ts'

const MAPPING = 0xba
const SECURITY_OBJECT = 0xbb
const ERROR_DETECTION = 0xfe
const TRIPLE = 3
const MAX_DATA_GROUPS = 16

export type DataGroup = {
  /** ICAO data group number, 1 to 16. */
  readonly number: number
  /** Container whose hash stands under that number. */
  readonly containerId: number
}

/** Security object (SP 800-73-5 part 1 §3.1.7): `cms` is the signed LDSSecurityObject, without certificate. */
export type SecurityObject = { readonly dataGroups: readonly DataGroup[]; readonly cms: Uint8Array }

export function encodeSecurityObject({ dataGroups, cms }: SecurityObject): Uint8Array {
  const numbers = dataGroups.map(group => group.number)
  const wellFormed = numbers.every(number => Number.isInteger(number) && number >= 1 && number <= MAX_DATA_GROUPS)
  if (!wellFormed || new Set(numbers).size !== numbers.length) {
    throw new RangeError('security object: data groups must have different numbers from 1 to 16')
  }
  const triples = dataGroups.map(group => concatBytes(Uint8Array.of(group.number), numberToBytes(group.containerId, 2)))
  return concatBytes(encodeTlv(MAPPING, ...triples), encodeTlv(SECURITY_OBJECT, cms), encodeTlv(ERROR_DETECTION))
}

export function decodeSecurityObject(value: Uint8Array): SecurityObject {
  const objects = decodeTlvs(value)
  const mapping = requireTlv(objects, MAPPING)
  if (mapping.length % TRIPLE !== 0 || mapping.length > TRIPLE * MAX_DATA_GROUPS) {
    throw new CardDataError('the mapping of the security object is malformed')
  }
  const dataGroups = Array.from({ length: mapping.length / TRIPLE }, (_, i) => ({
    number: bytesToNumber(mapping.subarray(TRIPLE * i, TRIPLE * i + 1)),
    containerId: bytesToNumber(mapping.subarray(TRIPLE * i + 1, TRIPLE * i + TRIPLE)),
  }))
  return { dataGroups, cms: requireTlv(objects, SECURITY_OBJECT) }
}
