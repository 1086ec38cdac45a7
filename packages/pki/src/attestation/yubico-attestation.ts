import { type Certificate, isSignedBy, parseCertificate } from '../certificate/parse.ts'
import { derCursor, integerContents } from '../der/read.ts'
import { TAG } from '../der/tag.ts'
import { BASIC_CONSTRAINTS, decodeBasicConstraints } from '../extensions/basic-constraints.ts'
import { formatName } from '../name/rfc4514.ts'
import { PkiError } from '../pki-error.ts'

/** Yubico's arc of PIV attestation (yubico-piv-tool, doc/Attestation; CARD-FACTS §3.4). */
const FIRMWARE = '1.3.6.1.4.1.41482.3.3'
const SERIAL = '1.3.6.1.4.1.41482.3.7'
const POLICIES = '1.3.6.1.4.1.41482.3.8'
/** Longest chain in the field: statement, F9, two intermediates, root. */
const MAX_CHAIN = 5

export type AttestationExpectation = {
  /** Two hex digits. */
  readonly slot: string
  /** The key that the card answered with when it made it. */
  readonly publicKeySpki: Uint8Array
  /** The card's serial number, where it tells one. */
  readonly serial: number | null
  /** Pin and touch policy bytes that the key must have at least; 0 = do not care. */
  readonly pinPolicy: number
  readonly touchPolicy: number
}

export type AttestationTrust = {
  /** Certificate of the key that signs statements (object 5FFF01), DER. */
  readonly signer: Uint8Array
  /** Roots and intermediates that an administrator trusts, DER. A certificate that is its own issuer ends a chain. */
  readonly anchors: readonly Uint8Array[]
}

export type AttestationFinding =
  | 'NOT_A_CERTIFICATE'
  | 'ANOTHER_KEY'
  | 'ANOTHER_SLOT'
  | 'ANOTHER_CARD'
  | 'WEAKER_POLICY'
  | 'NOT_SIGNED_BY_THE_CARD'
  | 'MAKER_NOT_TRUSTED'

const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i])

const serialOf = (certificate: Certificate): number | null => {
  const value = certificate.extensions.get(SERIAL)?.value
  if (!value) return null
  const contents = integerContents(derCursor(value).take(TAG.integer, 'serial number'), 'serial number')
  return contents.reduce((sum, byte) => sum * 256 + byte, 0)
}

/** Touch policies are not ordered by their number: cached (3) is weaker than always (2), never is 1. */
const touchStrength: Readonly<Record<number, number>> = { 0: 0, 1: 0, 3: 1, 2: 2 }
const pinStrength: Readonly<Record<number, number>> = { 0: 0, 1: 0, 2: 1, 3: 2, 4: 1, 5: 2 }

const policiesHold = (certificate: Certificate, wanted: AttestationExpectation): boolean => {
  const [pin = 0, touch = 0] = certificate.extensions.get(POLICIES)?.value ?? []
  return (
    (pinStrength[pin] ?? 0) >= (pinStrength[wanted.pinPolicy] ?? 0) &&
    (touchStrength[touch] ?? 0) >= (touchStrength[wanted.touchPolicy] ?? 0)
  )
}

const isAuthority = ({ extensions }: Certificate): boolean => {
  const value = extensions.get(BASIC_CONSTRAINTS)?.value
  return value !== undefined && decodeBasicConstraints(value).ca
}

/** Whether a path leads from `certificate` to a self-signed anchor. Dates do not count: they are nominal (CARD-FACTS §3.4). */
const leadsToAnchor = (certificate: Certificate, anchors: readonly Certificate[], left = MAX_CHAIN): boolean =>
  left > 0 &&
  anchors.some(
    anchor =>
      isAuthority(anchor) &&
      same(anchor.subject.der, certificate.issuer.der) &&
      isSignedBy(certificate, anchor.publicKey) &&
      (same(anchor.subject.der, anchor.issuer.der) || leadsToAnchor(anchor, anchors, left - 1)),
  )

/**
 * Everything that is wrong with a card's statement about a key; empty = the key was made on a card of a trusted maker,
 * and is the one that is asked about. Malformed bytes are a finding, never an exception.
 */
export const checkAttestation = (
  statement: Uint8Array,
  wanted: AttestationExpectation,
  trust: AttestationTrust,
): AttestationFinding[] => {
  try {
    const said = parseCertificate(statement)
    const signer = parseCertificate(trust.signer)
    const anchors = trust.anchors.map(parseCertificate)
    const serial = serialOf(said)
    const findings: [boolean, AttestationFinding][] = [
      [same(said.publicKey.spki, wanted.publicKeySpki), 'ANOTHER_KEY'],
      [formatName(said.subject.name).toUpperCase().endsWith(` ${wanted.slot.toUpperCase()}`), 'ANOTHER_SLOT'],
      [wanted.serial === null || serial === null || serial === wanted.serial, 'ANOTHER_CARD'],
      [policiesHold(said, wanted), 'WEAKER_POLICY'],
      [same(said.issuer.der, signer.subject.der) && isSignedBy(said, signer.publicKey), 'NOT_SIGNED_BY_THE_CARD'],
      [leadsToAnchor(signer, anchors), 'MAKER_NOT_TRUSTED'],
    ]
    return findings.flatMap(([holds, finding]) => (holds ? [] : [finding]))
  } catch (error) {
    if (error instanceof PkiError) return ['NOT_A_CERTIFICATE']
    throw error
  }
}

/** Firmware that a statement names, `5.7.1`; undefined if it names none. */
export const attestedFirmware = (statement: Uint8Array): string | undefined => {
  const value = parseCertificate(statement).extensions.get(FIRMWARE)?.value
  return value?.length === 3 ? Array.from(value).join('.') : undefined
}
