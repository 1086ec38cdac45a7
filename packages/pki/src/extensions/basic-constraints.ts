import type { Extension } from '../certificate/extension.ts'
import { booleanValue, openSequence, smallInteger } from '../der/read.ts'
import { TAG } from '../der/tag.ts'
import { boolean, integer, sequence } from '../der/write.ts'

export const BASIC_CONSTRAINTS = '2.5.29.19'

export interface BasicConstraints {
  readonly ca: boolean
  /** CA certificates allowed below this one; absent = no limit. */
  readonly pathLength?: number
}

/** RFC 5280 §4.2.1.9: critical in CA certificates. `cA` is left out when false, as DER wants of a default. */
export function basicConstraints({ ca, pathLength }: BasicConstraints): Extension {
  const parts = [...(ca ? [boolean(true)] : []), ...(ca && pathLength !== undefined ? [integer(pathLength)] : [])]
  return { oid: BASIC_CONSTRAINTS, critical: true, value: sequence(...parts) }
}

export function decodeBasicConstraints(value: Uint8Array): BasicConstraints {
  const what = 'basicConstraints'
  const cursor = openSequence(value, value.length, what)
  const flag = cursor.optional(TAG.boolean)
  const length = cursor.optional(TAG.integer)
  cursor.end(what)
  const ca = flag ? booleanValue(flag, what) : false
  return length ? { ca, pathLength: smallInteger(length, what) } : { ca }
}
