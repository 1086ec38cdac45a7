import { ATTESTATION_SLOT, type KeySlot, RETIRED_SLOTS, type RetiredSlot } from '../references.ts'

/** One row of SP 800-73-5 part 1 tables 2 and 3. */
export type PivObject = {
  readonly tag: number
  readonly containerId: number
  /** What a reader must have done over the contact interface. */
  readonly read: 'always' | 'pin'
  readonly presence: 'mandatory' | 'conditional' | 'optional'
  /** Bytes that each card can hold at least (part 1 table 7). */
  readonly capacity: number
}

const row = (
  tag: number,
  containerId: number,
  presence: PivObject['presence'],
  read: PivObject['read'],
  capacity: number,
): PivObject => ({ tag, containerId, read, presence, capacity })

export const PIV_OBJECTS = {
  cardCapabilityContainer: row(0x5fc107, 0xdb00, 'mandatory', 'always', 170),
  chuid: row(0x5fc102, 0x3000, 'mandatory', 'always', 2881),
  certificate9a: row(0x5fc105, 0x0101, 'mandatory', 'always', 1857),
  certificate9e: row(0x5fc101, 0x0500, 'mandatory', 'always', 1857),
  certificate9c: row(0x5fc10a, 0x0100, 'conditional', 'always', 1857),
  certificate9d: row(0x5fc10b, 0x0102, 'conditional', 'always', 1857),
  fingerprints: row(0x5fc103, 0x6010, 'mandatory', 'pin', 4006),
  facialImage: row(0x5fc108, 0x6030, 'mandatory', 'pin', 12_710),
  securityObject: row(0x5fc106, 0x9000, 'mandatory', 'always', 1336),
  printedInformation: row(0x5fc109, 0x3001, 'optional', 'pin', 245),
  discovery: row(0x7e, 0x6050, 'optional', 'always', 19),
  keyHistory: row(0x5fc10c, 0x6060, 'optional', 'always', 128),
  irisImages: row(0x5fc121, 0x1015, 'optional', 'pin', 7106),
  biometricTemplatesGroup: row(0x7f61, 0x1016, 'optional', 'always', 65),
  secureMessagingSigner: row(0x5fc122, 0x1017, 'optional', 'always', 2471),
  pairingCode: row(0x5fc123, 0x1018, 'optional', 'pin', 12),
} as const satisfies { readonly [name: string]: PivObject }

export type PivObjectName = keyof typeof PIV_OBJECTS

/** The nth retired certificate: 5FC10D to 5FC120 for slots 82 to 95 (part 1 §3.3.6). */
function retiredCertificate(slot: RetiredSlot): PivObject {
  const index = slot - RETIRED_SLOTS[0]
  return row(0x5fc10d + index, 0x1001 + index, 'optional', 'always', 1895)
}

/** The object that holds the certificate of the key in `slot`. */
export function certificateObject(slot: KeySlot): PivObject {
  switch (slot) {
    case 0x9a:
      return PIV_OBJECTS.certificate9a
    case 0x9c:
      return PIV_OBJECTS.certificate9c
    case 0x9d:
      return PIV_OBJECTS.certificate9d
    case 0x9e:
      return PIV_OBJECTS.certificate9e
    default:
      return retiredCertificate(slot)
  }
}

/** Tags of objects that only Yubico's cards know. */
export const YUBICO_OBJECTS = {
  /** Certificate of the attestation key F9. */
  attestationCertificate: 0x5fff01,
  /** Flags of ykman and yubico-piv-tool. */
  pivmanData: 0x5fff00,
} as const

export function certificateTag(slot: KeySlot | typeof ATTESTATION_SLOT): number {
  return slot === ATTESTATION_SLOT ? YUBICO_OBJECTS.attestationCertificate : certificateObject(slot).tag
}

/** Six upper-case hex digits (`5FC102`), two for the discovery object, four for the BIT group. */
export function objectTagName(tag: number): string {
  const digits = tag.toString(16).toUpperCase()
  return digits.length % 2 === 0 ? digits : `0${digits}`
}
