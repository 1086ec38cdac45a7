import type { CardCommand } from '../command.ts'
import { CardDataError } from '../errors.ts'
import {
  type KeyAlgorithm,
  keyAlgorithmById,
  type ManagementKeyAlgorithm,
  managementKeyAlgorithmById,
} from '../piv/algorithms.ts'
import { type PinPolicy, pinPolicyById, type TouchPolicy, touchPolicyById } from '../piv/keys/policies.ts'
import { decodePublicKey, type PublicKey } from '../piv/keys/public-key.ts'
import { MANAGEMENT_KEY, type PIV_PIN, type PUK, type WritableSlot } from '../piv/references.ts'
import { decodeTlvs, findTlv, requireTlv, type Tlv } from '../tlv/ber-tlv.ts'

/** GET METADATA, INS F7 (firmware 5.3 and later). 6A88 = the slot is empty. */
function metadata<T>(reference: number, decode: (objects: readonly Tlv[]) => T): CardCommand<T> {
  return {
    name: 'yubico.read-metadata',
    apdu: { cla: 0x00, ins: 0xf7, p1: 0x00, p2: reference, le: 0 },
    decode: ({ data }) => decode(decodeTlvs(data)),
  }
}

export type PinMetadata = {
  /** Still the factory value; undefined = the card does not tell. */
  readonly isDefault: boolean | undefined
  readonly tries: { readonly total: number; readonly remaining: number } | undefined
}

export function readPinMetadata(reference: typeof PIV_PIN | typeof PUK): CardCommand<PinMetadata> {
  return metadata(reference, objects => {
    const [total, remaining] = findTlv(objects, 0x06) ?? []
    const tries = total === undefined || remaining === undefined ? undefined : { total, remaining }
    const isDefault = readIsDefault(objects)
    // Nitrokey 3 answers 9000 without data for want of metadata; that is not an answer.
    if (!tries && isDefault === undefined) throw new CardDataError('the metadata of a PIN or PUK tell nothing')
    return { isDefault, tries }
  })
}

export type ManagementKeyMetadata = {
  readonly algorithm: ManagementKeyAlgorithm
  readonly touchPolicy: TouchPolicy | undefined
  readonly isDefault: boolean | undefined
}

export function readManagementKeyMetadata(): CardCommand<ManagementKeyMetadata> {
  return metadata(MANAGEMENT_KEY, objects => {
    const algorithm = managementKeyAlgorithmById(readByte(objects, 0x01))
    if (!algorithm) throw new CardDataError('the algorithm of the administration key is not known')
    return { algorithm, touchPolicy: readPolicies(objects).touchPolicy, isDefault: readIsDefault(objects) }
  })
}

export type KeyMetadata = {
  readonly algorithm: KeyAlgorithm
  readonly pinPolicy: PinPolicy | undefined
  readonly touchPolicy: TouchPolicy | undefined
  readonly origin: 'generated' | 'imported' | undefined
  readonly publicKey: PublicKey | undefined
}

export function readKeyMetadata(slot: WritableSlot): CardCommand<KeyMetadata> {
  return metadata(slot, objects => {
    const algorithm = keyAlgorithmById(readByte(objects, 0x01))
    if (!algorithm) throw new CardDataError('the algorithm of a key is not known')
    const origin = findTlv(objects, 0x03)?.[0]
    const publicKey = findTlv(objects, 0x04)
    return {
      algorithm,
      ...readPolicies(objects),
      origin: origin === 1 ? 'generated' : origin === 2 ? 'imported' : undefined,
      publicKey: publicKey && decodePublicKey(publicKey, algorithm),
    }
  })
}

/**
 * As readKeyMetadata, but an answer that names no algorithm is undefined, for there is no key: PivApplet tells the
 * policies of empty slots, a Nitrokey 3 nothing at all.
 */
export function readKeyMetadataIfPresent(slot: WritableSlot): CardCommand<KeyMetadata | undefined> {
  const command = readKeyMetadata(slot)
  return {
    ...command,
    decode: response => (findTlv(decodeTlvs(response.data), 0x01) ? command.decode(response) : undefined),
  }
}

function readPolicies(objects: readonly Tlv[]) {
  const [pin, touch] = findTlv(objects, 0x02) ?? []
  return {
    pinPolicy: pin === undefined ? undefined : pinPolicyById(pin),
    touchPolicy: touch === undefined ? undefined : touchPolicyById(touch),
  }
}

function readIsDefault(objects: readonly Tlv[]): boolean | undefined {
  const flag = findTlv(objects, 0x05)?.[0]
  return flag === undefined ? undefined : flag === 1
}

function readByte(objects: readonly Tlv[], tag: number): number {
  const value = requireTlv(objects, tag)
  const [byte] = value
  if (byte === undefined || value.length !== 1) throw new CardDataError('a metadata value is not one byte')
  return byte
}
