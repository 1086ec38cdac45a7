import { bytes } from '../bytes.ts'
import { generateEcKey, publicKeyInfo, signSha256 } from '../crypto.ts'
import type { PrivateKey } from '../state.ts'
import { parseTlvs, tlv } from '../tlv.ts'
import { bitString, commonName, extension, integer, objectIdentifier, sequence, subjectOf, time } from './der.ts'

const ECDSA_SHA256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'))
const YUBICO = '1.3.6.1.4.1.41482.3'

/** Real statements carry a nominal validity too (2016-03-14 to 2052-04-17), so nobody may judge freshness by it. */
const NOT_BEFORE = new Date('2016-03-14T00:00:00Z')
const NOT_AFTER = new Date('2052-04-17T00:00:00Z')

/** Who vouches for virtual cards. Many cards may share one, as real ones share their maker's root. */
export type AttestationRoot = {
  /** PKCS #8 of a P-256 key. */
  readonly pkcs8: Uint8Array
  /** X.509 DER. */
  readonly certificate: Uint8Array
}

/** Self-signed root of virtual cards; says "Virtual" in its name so that nobody takes it for Yubico's. */
export function createAttestationRoot(random: (length: number) => Uint8Array): AttestationRoot {
  const pkcs8 = generateEcKey()
  const name = commonName('Virtual PIV Attestation Root')
  const certificate = signCertificate({
    issuer: name,
    subject: name,
    serial: random(16),
    publicKey: publicKeyInfo(pkcs8),
    extensions: [basicConstraints(true, 1)],
    signer: pkcs8,
  })
  return { pkcs8, certificate }
}

/** The certificate of the key in F9, kept in object 5FFF01. */
export function attestationCertificate(
  root: AttestationRoot,
  attestationKey: Uint8Array,
  certificateSerial: Uint8Array,
  firmware: readonly number[],
): Uint8Array {
  return signCertificate({
    issuer: subjectOf(root.certificate) ?? commonName('Virtual PIV Attestation Root'),
    subject: commonName('Yubico PIV Attestation'),
    serial: certificateSerial,
    publicKey: publicKeyInfo(attestationKey),
    extensions: [extension(`${YUBICO}.3`, false, Uint8Array.from(firmware)), basicConstraints(true, 0)],
    signer: root.pkcs8,
  })
}

export type StatementFacts = {
  readonly slot: number
  readonly key: PrivateKey
  readonly signer: Uint8Array
  /** Object 5FFF01: `70 L certificate …`, or the bare certificate. */
  readonly signerCertificate: Uint8Array | undefined
  readonly serial: number
  readonly firmware: readonly number[]
  readonly certificateSerial: Uint8Array
}

/** One attestation; extensions .3 firmware, .7 serial number, .8 policies, .9 form factor (Yubico "PIV attestation"). */
export function attestationStatement(facts: StatementFacts): Uint8Array {
  const { slot, key, serial } = facts
  const serialBytes = [serial / 2 ** 24, serial / 2 ** 16, serial / 2 ** 8, serial].map(part => Math.floor(part) % 256)
  const USB_A_KEYCHAIN = 0x01
  return signCertificate({
    issuer: subjectOf(unwrap(facts.signerCertificate)) ?? commonName('Yubico PIV Attestation'),
    subject: commonName(`YubiKey PIV Attestation ${slot.toString(16).padStart(2, '0')}`),
    serial: facts.certificateSerial,
    publicKey: publicKeyInfo(key.pkcs8),
    extensions: [
      extension(`${YUBICO}.3`, false, Uint8Array.from(facts.firmware)),
      extension(`${YUBICO}.7`, false, integer(serialBytes)),
      extension(`${YUBICO}.8`, false, Uint8Array.of(key.pinPolicy, key.touchPolicy)),
      extension(`${YUBICO}.9`, false, Uint8Array.of(USB_A_KEYCHAIN)),
    ],
    signer: facts.signer,
  })
}

function unwrap(object: Uint8Array | undefined): Uint8Array {
  const certificate = object && parseTlvs(object)?.find(item => item.tag === 0x70)?.value
  return certificate ?? object ?? bytes()
}

function basicConstraints(ca: boolean, pathLength: number): Uint8Array {
  return extension('2.5.29.19', true, sequence(tlv(0x01, ca ? 0xff : 0x00), integer([pathLength])))
}

type Certificate = {
  readonly issuer: Uint8Array
  readonly subject: Uint8Array
  readonly serial: Uint8Array
  readonly publicKey: Uint8Array
  readonly extensions: readonly Uint8Array[]
  readonly signer: Uint8Array
}

function signCertificate(certificate: Certificate): Uint8Array {
  const toBeSigned = sequence(
    tlv(0xa0, integer([2])),
    integer(certificate.serial),
    ECDSA_SHA256,
    certificate.issuer,
    sequence(time(NOT_BEFORE), time(NOT_AFTER)),
    certificate.subject,
    certificate.publicKey,
    tlv(0xa3, sequence(...certificate.extensions)),
  )
  return sequence(toBeSigned, ECDSA_SHA256, bitString(signSha256(certificate.signer, toBeSigned)))
}
