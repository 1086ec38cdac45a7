import { type Certificate, parseCertificate, revocationReasonOf, verifySignature } from '@cardwright/pki'
import { bitStringOctets, derCursor, openSequence, smallInteger } from '../../packages/pki/src/der/read.ts'
import { contextConstructed, TAG } from '../../packages/pki/src/der/tag.ts'
import { parseSignatureIdentifier } from '../../packages/pki/src/key/signature-algorithm.ts'
import { parseCertId } from '../../packages/pki/src/ocsp/cert-id.ts'

const LIMIT = 1_000_000
const what = 'OCSPResponse'

/**
 * What a signed answer (RFC 6960 §4.2.1) says of each serial number: null = good, else the reason, or `unknown`. Throws
 * if it is not successful, or not signed by a responder that this CA made.
 */
export const readOcspAnswer = (der: Uint8Array, issuer: Certificate): Map<string, string | null> => {
  const outer = openSequence(der, LIMIT, what)
  const status = smallInteger(outer.take(TAG.enumerated, what), what)
  if (status !== 0) throw new Error(`the OCSP responder answers with error ${status}`)
  const bytes = outer.enter(contextConstructed(0), what).enter(TAG.sequence, what)
  bytes.take(TAG.oid, what)
  const basic = openSequence(bytes.take(TAG.octetString, what).value, LIMIT, what)
  const tbs = basic.take(TAG.sequence, what)
  const identifier = parseSignatureIdentifier(basic.take(TAG.sequence, what).der)
  const signature = bitStringOctets(basic.take(TAG.bitString, what), what)
  const responder = parseCertificate(basic.enter(contextConstructed(0), what).enter(TAG.sequence, what).any(what).der)
  const signed = verifySignature(identifier, responder.publicKey, tbs.der, signature)
  const ours = verifySignature(responder.signatureAlgorithm, issuer.publicKey, responder.tbs, responder.signature)
  if (!signed || !ours) throw new Error('the OCSP answer is not signed by a responder of this CA')

  const inside = derCursor(tbs.value)
  inside.any(what)
  inside.any(what)
  const list = inside.enter(TAG.sequence, what)
  const answers = new Map<string, string | null>()
  while (list.peek() !== undefined) {
    const one = list.enter(TAG.sequence, what)
    const { serialHex } = parseCertId(one)
    const answer = one.any(what)
    if (answer.tag === 0x80) answers.set(serialHex, null)
    else if (answer.tag === contextConstructed(1)) {
      const revoked = derCursor(answer.value)
      revoked.any(what)
      const reason = revoked.enterOptional(contextConstructed(0))
      const code = reason ? smallInteger(reason.take(TAG.enumerated, what), what) : 0
      answers.set(serialHex, revocationReasonOf(code) ?? `reason ${code}`)
    } else answers.set(serialHex, 'unknown')
  }
  return answers
}
