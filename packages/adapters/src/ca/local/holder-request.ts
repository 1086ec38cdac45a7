import type { IssueCertificate } from '@cardwright/core'
import { fromHex, type HolderRequest, isProvenBySignature, nameOf, PkiError, parseCsr, toHex } from '@cardwright/pki'
import { refused } from './refused.ts'

/** ub-common-name of RFC 5280 appendix A.1. Longer display names are cut, not refused: the name is for people to read. */
const MAX_NAME = 64
const cut = (text: string): string => [...text.trim()].slice(0, MAX_NAME).join('').trim()

const uuid = (text: string): Uint8Array => {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) throw refused(`"${text}" is not a UUID`)
  return fromHex(text.replaceAll('-', ''))
}

/**
 * Two people of one name in one department must not share a subject name (RFC 5280 §4.1.2.6): the employee number tells
 * them apart where it fits the attribute (X.520 PrintableString, ub-serial-number 64), else the cardholder's UUID.
 */
const personNumber = ({ employeeNumber, cardholderUuid }: IssueCertificate['subject']): string =>
  employeeNumber !== null &&
  /^[A-Za-z0-9'()+,\-./:=?]([A-Za-z0-9 '()+,\-./:=?]{0,62}[A-Za-z0-9'()+,\-./:=?])?$/.test(employeeNumber)
    ? employeeNumber
    : cardholderUuid.toLowerCase()

/** What the profiles take, from what the core knows of person and card. */
export function holderRequest(
  { subject, publicKeySpki, notBefore, notAfter }: IssueCertificate,
  serialNumber: Uint8Array,
  organization: HolderRequest['organization'],
  policies: readonly string[] | undefined,
): HolderRequest {
  const unit = cut(subject.department ?? '')
  return {
    publicKey: publicKeySpki,
    serialNumber,
    notBefore: new Date(notBefore),
    notAfter: new Date(notAfter),
    organization,
    person: [
      ...(unit ? nameOf(['OU', unit]) : []),
      ...nameOf(['serialNumber', personNumber(subject)], ['CN', cut(subject.displayName)]),
    ],
    cardUuid: uuid(subject.cardUuid),
    cardholderUuid: uuid(subject.cardholderUuid),
    fascN: subject.fascN,
    ...(policies && { policies }),
    ...(subject.email !== null && { email: subject.email }),
    ...(subject.upn !== null && { upn: subject.upn }),
    ...(subject.sid !== null && { sid: subject.sid }),
    ...(subject.kerberos !== null && { kerberos: subject.kerberos }),
  }
}

/** A request signed by the card's key proves that the key is there; without one there is nothing to check. */
export function checkProof({ csr, publicKeySpki }: IssueCertificate): void {
  if (!csr) return
  try {
    const request = parseCsr(csr)
    if (toHex(request.publicKey.spki) !== toHex(publicKeySpki)) throw refused('The request was made for another key')
    if (!isProvenBySignature(request)) throw refused('The request is not signed by the key it is for')
  } catch (error) {
    if (error instanceof PkiError) throw refused(`The request cannot be read: ${error.message}`)
    throw error
  }
}
