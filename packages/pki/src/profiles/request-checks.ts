import { isUsableKey } from '../crypto.ts'
import { isSid } from '../extensions/sid.ts'
import { describePublicKey, type PublicKey, parsePublicKey } from '../key/public-key.ts'
import type { Name } from '../name/name.ts'
import { PkiError } from '../pki-error.ts'
import {
  type CommonRequest,
  DAY,
  type HolderRequest,
  type Issuer,
  type ProfileRefusal,
  type ProfileRefusalCode,
} from './profile.ts'

const refusal = (code: ProfileRefusalCode, message: string): ProfileRefusal => ({ code, message })

/** Keys that sign and are safe: RSA 2048 to 4096 with exponent 65537, P-256, P-384 (SP 800-78-5 §3.1), and Ed25519. */
export const isSigningKey = (key: PublicKey): boolean =>
  key.kind === 'rsa'
    ? [2048, 3072, 4096].includes(key.size) && key.exponent.join() === '1,0,1'
    : (key.kind === 'ec' && key.curve !== 'p521') || key.kind === 'ed25519'

/** Keys that decrypt or agree: the same without Ed25519, but with X25519. */
export const isEncryptionKey = (key: PublicKey): boolean =>
  key.kind === 'x25519' || (key.kind !== 'ed25519' && isSigningKey(key))

export function checkKey(spki: Uint8Array, allowed: (key: PublicKey) => boolean): ProfileRefusal[] {
  try {
    const key = parsePublicKey(spki)
    if (!allowed(key)) return [refusal('KEY_NOT_ALLOWED', `A ${describePublicKey(key)} key does not fit this profile`)]
    if (!isUsableKey(key)) return [refusal('KEY_NOT_ALLOWED', `The ${describePublicKey(key)} key is not valid`)]
    return []
  } catch (error) {
    if (error instanceof PkiError)
      return [refusal('KEY_NOT_ALLOWED', `The public key cannot be read: ${error.message}`)]
    throw error
  }
}

export function checkValidity(
  { notBefore, notAfter }: CommonRequest,
  limits: { readonly maxDays: number; readonly issuer?: Issuer; readonly cardNotAfter?: Date | undefined },
): ProfileRefusal[] {
  const refusals: ProfileRefusal[] = []
  const issuer = limits.issuer?.certificate
  if (!(notAfter > notBefore)) refusals.push(refusal('VALIDITY_EMPTY', 'The validity ends before it begins'))
  if (notAfter.getTime() - notBefore.getTime() > limits.maxDays * DAY) {
    refusals.push(
      refusal('VALIDITY_TOO_LONG', `Certificates of this profile are valid for at most ${limits.maxDays} days`),
    )
  }
  // RFC 5280 has no nesting rule, but path validation fails outside of the CA's validity, so such a promise would be empty.
  if (issuer && (notAfter > issuer.notAfter || notBefore < issuer.notBefore)) {
    const span = `${issuer.notBefore.toISOString()} to ${issuer.notAfter.toISOString()}`
    refusals.push(refusal('VALIDITY_BEYOND_ISSUER', `The issuing CA itself is valid only from ${span}`))
  }
  if (limits.cardNotAfter && notAfter > limits.cardNotAfter) {
    refusals.push(
      refusal('VALIDITY_BEYOND_CARD', `The card expires ${limits.cardNotAfter.toISOString()}, before the certificate`),
    )
  }
  return refusals
}

/** Upper bounds of RFC 5280 appendix A.1 (ub-common-name and its like), in characters. */
const MAX_ATTRIBUTE = 64

export function checkName(name: Name): ProfileRefusal[] {
  const values = name.flat().map(attribute => attribute.value)
  if (values.length === 0 || values.some(value => value.trim() === '')) {
    return [refusal('NAME_MISSING', 'A part of the subject name is empty')]
  }
  const long = values.find(value => [...value].length > MAX_ATTRIBUTE)
  return long === undefined ? [] : [refusal('NAME_TOO_LONG', `"${long}" is longer than ${MAX_ATTRIBUTE} characters`)]
}

export function checkCardIdentity({ cardUuid, cardholderUuid, fascN }: HolderRequest): ProfileRefusal[] {
  const isBad = (uuid: Uint8Array | undefined) => uuid !== undefined && (uuid.length !== 16 || uuid.every(o => o === 0))
  const refusals: ProfileRefusal[] = []
  if (isBad(cardUuid)) refusals.push(refusal('CARD_UUID_BAD', 'The card UUID is not 16 octets or all zero'))
  if (isBad(cardholderUuid)) refusals.push(refusal('CARD_UUID_BAD', 'The cardholder UUID is not 16 octets or all zero'))
  if (fascN && fascN.length !== 25) refusals.push(refusal('FASC_N_BAD', 'The FASC-N is not 25 octets'))
  return refusals
}

/** rfc822Name is IA5String (RFC 5280 §4.2.1.6). */
export const checkEmail = ({ email }: HolderRequest): ProfileRefusal[] =>
  email === undefined || (/^[\x21-\x7e]+@[\x21-\x7e]+$/.test(email) && !/[<>"\\,;]/.test(email) && email.length <= 254)
    ? []
    : [refusal('EMAIL_BAD', `"${email}" is not an e-mail address that a certificate can carry`)]

const CONTROL = /\p{Cc}/u

export function checkLogonNames({ upn, sid, kerberos }: HolderRequest): ProfileRefusal[] {
  const refusals: ProfileRefusal[] = []
  if (upn !== undefined && (!/^[^@\s]+@[^@\s]+$/.test(upn) || CONTROL.test(upn) || upn.length > 1024)) {
    refusals.push(refusal('UPN_BAD', `"${upn}" is not a user principal name such as ada@example.org`))
  }
  if (sid !== undefined && !isSid(sid)) {
    refusals.push(refusal('SID_BAD', `"${sid}" is not a security identifier such as S-1-5-21-…`))
  }
  if (kerberos && !/^[\x21-\x7e]+$/.test(kerberos.principal.replaceAll('/', '') + kerberos.realm)) {
    refusals.push(refusal('KERBEROS_BAD', 'The Kerberos principal has characters that a KerberosString cannot carry'))
  } else if (kerberos && (kerberos.realm === '' || kerberos.principal.split('/').includes(''))) {
    refusals.push(refusal('KERBEROS_BAD', 'The Kerberos principal or its realm has an empty part'))
  }
  return refusals
}
