import { encodeCertId, encodeOcspRequest, fromHex, isCrlSignedBy, parseCertificate, parseCrl } from '@cardwright/pki'
import { readOcspAnswer } from './ocsp-answer.ts'
import type { Organisation, State } from './organisation.ts'

/** As it stands in a CRL entry or an OCSP answer; null = good. */
type Published = string | null

/** What the CA's CRL and OCSP responder tell the world, against what the database says; says what differs. */
export const publicationFaults = async (org: Organisation, state: State): Promise<string[]> => {
  const { authority, certificates, now } = org.world
  const credentials = [...state.credentials.values()]
  const wrong: string[] = []
  const issuer = parseCertificate(authority.issuingCertificate)
  const crl = parseCrl((await authority.issuingCrl()).der)
  if (!isCrlSignedBy(crl, issuer.publicKey)) wrong.push('the CRL is not signed by the CA')

  const asked = credentials.map(c => encodeCertId('sha256', issuer, fromHex(c.serialNumber)))
  const answers =
    asked.length === 0 ? new Map() : readOcspAnswer(await authority.answerOcsp(encodeOcspRequest(asked)), issuer)
  for (const { serialNumber, slot, state: is, revocationReason, notAfter } of credentials) {
    const should: Published = is === 'ISSUED' ? null : revocationReason
    const serial = serialNumber.toLowerCase()
    const onCrl: Published = crl.entries.get(serial)?.reason ?? null
    // RFC 5280 §3.3: what has expired may leave the CRL.
    const left = onCrl === null && notAfter < now
    if (onCrl !== should && !left) wrong.push(`${slot} ${serial} is ${is} ${should} here and ${onCrl} on the CRL`)
    const byOcsp: Published | undefined = answers.get(serial)
    if (byOcsp !== should) wrong.push(`${slot} ${serial} is ${is} ${should} here and ${byOcsp} by OCSP`)
  }

  const known = new Set(credentials.map(c => c.serialNumber))
  const open = [...state.issuances.values()].filter(i => i.state === 'RUNNING' || i.state === 'FAILED')
  for (const key of org.asked) {
    const record = await certificates.find(key)
    if (!record?.serialNumber || record.status === 'REVOKED' || known.has(record.serialNumber)) continue
    if (!open.some(i => i.intents.some(intent => intent.idempotencyKey === key)))
      wrong.push(`the CA holds ${record.serialNumber} valid, which nobody here knows of`)
  }
  return wrong
}
