import type { Extension } from '../certificate/extension.ts'
import { oidValue, openSequence } from '../der/read.ts'
import { TAG } from '../der/tag.ts'
import { oid, sequence } from '../der/write.ts'
import { malformed } from '../pki-error.ts'

export const CERTIFICATE_POLICIES = '2.5.29.32'
const MAX_POLICIES = 64

/** Policies of the US Federal PKI Common Policy (arc 2.16.840.1.101.3.2.1.3). Only CAs under that policy may assert them. */
export const COMMON_POLICY = {
  policy: '2.16.840.1.101.3.2.1.3.6',
  hardware: '2.16.840.1.101.3.2.1.3.7',
  authentication: '2.16.840.1.101.3.2.1.3.13',
  high: '2.16.840.1.101.3.2.1.3.16',
  cardAuthentication: '2.16.840.1.101.3.2.1.3.17',
  contentSigning: '2.16.840.1.101.3.2.1.3.39',
  derivedAuthentication: '2.16.840.1.101.3.2.1.3.40',
  derivedAuthenticationHardware: '2.16.840.1.101.3.2.1.3.41',
} as const

/** Identifiers without qualifiers, as RFC 5280 §4.2.1.4 recommends. */
export const certificatePolicies = (policies: readonly string[]): Extension => ({
  oid: CERTIFICATE_POLICIES,
  critical: false,
  value: sequence(...policies.map(policy => sequence(oid(policy)))),
})

export function decodeCertificatePolicies(value: Uint8Array): string[] {
  const what = 'certificatePolicies'
  const cursor = openSequence(value, value.length, what)
  const policies: string[] = []
  while (cursor.peek() !== undefined) {
    if (policies.length === MAX_POLICIES) throw malformed(`${what} has more than ${MAX_POLICIES} entries`)
    const entry = cursor.enter(TAG.sequence, what)
    policies.push(oidValue(entry.take(TAG.oid, what)))
    entry.optional(TAG.sequence)
    entry.end(what)
  }
  return policies
}
