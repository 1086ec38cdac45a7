import type { CardCommand } from '../../command.ts'
import { CardDataError } from '../../errors.ts'
import { decodeTlv, decodeTlvs, encodeTlv, requireTlv } from '../../tlv/ber-tlv.ts'

/** Dynamic authentication template and its objects (SP 800-73-5 part 2 §3.2.4, table 7). */
const TEMPLATE = 0x7c
export const WITNESS = 0x80
export const CHALLENGE = 0x81
export const RESPONSE = 0x82
export const EXPONENTIATION = 0x85

export type AuthenticateRequest<T> = {
  readonly name: string
  readonly algorithmId: number
  readonly reference: number
  /** Objects of the template in order; an empty value asks for that object. */
  readonly objects: readonly (readonly [tag: number, value: Uint8Array])[]
  readonly secret?: boolean
  readonly decode: (template: Uint8Array) => T
}

/** GENERAL AUTHENTICATE (SP 800-73-5 part 2 §3.2.4): the frame that all protocols of Appendix A share. */
export function generalAuthenticate<T>(request: AuthenticateRequest<T>): CardCommand<T> {
  const { name, algorithmId, reference, objects, secret, decode } = request
  const data = encodeTlv(TEMPLATE, ...objects.map(([tag, value]) => encodeTlv(tag, value)))
  return {
    name,
    apdu: { cla: 0x00, ins: 0x87, p1: algorithmId, p2: reference, data, le: 0 },
    ...(secret ? { secret } : {}),
    decode: response => decode(response.data),
  }
}

/** The one object that a protocol's answer must hold, with its length if that is fixed. */
export function readTemplate(data: Uint8Array, tag: number, length?: number): Uint8Array {
  const value = requireTlv(decodeTlvs(decodeTlv(data, TEMPLATE)), tag)
  if (length !== undefined && value.length !== length) {
    throw new CardDataError(`an authentication answer has ${value.length} bytes where ${length} belong`)
  }
  return value
}
