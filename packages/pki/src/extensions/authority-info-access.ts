import type { Extension } from '../certificate/extension.ts'
import { oidValue, openSequence } from '../der/read.ts'
import { TAG } from '../der/tag.ts'
import { oid, sequence } from '../der/write.ts'
import { malformed } from '../pki-error.ts'
import { decodeGeneralName, encodeGeneralName } from './general-name.ts'

export const AUTHORITY_INFO_ACCESS = '1.3.6.1.5.5.7.1.1'
const CA_ISSUERS = '1.3.6.1.5.5.7.48.2'
const OCSP = '1.3.6.1.5.5.7.48.1'
const MAX_DESCRIPTIONS = 32

export interface AuthorityInfoAccess {
  /** Where the issuer's certificate is found. */
  readonly caIssuers: readonly string[]
  readonly ocsp: readonly string[]
}

/** Addresses must be http, not https: checking https would need this very answer (RFC 5280 §8; Common Policy profiles). */
export function authorityInfoAccess({ caIssuers, ocsp }: AuthorityInfoAccess): Extension {
  const description = (method: string) => (value: string) =>
    sequence(oid(method), encodeGeneralName({ type: 'uri', value }))
  const value = sequence(...caIssuers.map(description(CA_ISSUERS)), ...ocsp.map(description(OCSP)))
  return { oid: AUTHORITY_INFO_ACCESS, critical: false, value }
}

export function decodeAuthorityInfoAccess(value: Uint8Array): AuthorityInfoAccess {
  const what = 'authorityInfoAccess'
  const cursor = openSequence(value, value.length, what)
  const found: Record<string, string[]> = { [CA_ISSUERS]: [], [OCSP]: [] }
  for (let count = 0; cursor.peek() !== undefined; count++) {
    if (count === MAX_DESCRIPTIONS) throw malformed(`${what} has more than ${MAX_DESCRIPTIONS} entries`)
    const entry = cursor.enter(TAG.sequence, what)
    const method = oidValue(entry.take(TAG.oid, what))
    const location = decodeGeneralName(entry.any(what), what)
    entry.end(what)
    if (location.type === 'uri') found[method]?.push(location.value)
  }
  return { caIssuers: found[CA_ISSUERS] ?? [], ocsp: found[OCSP] ?? [] }
}
