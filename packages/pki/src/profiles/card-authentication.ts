import { extKeyUsage, PURPOSE } from '../extensions/ext-key-usage.ts'
import { keyUsage } from '../extensions/key-usage.ts'
import { subjectAltName } from '../extensions/subject-alt-name.ts'
import { uuidUrn } from '../extensions/uuid-urn.ts'
import { nameOf } from '../name/name.ts'
import { certificateOrRefusals } from './certificate-or-refusals.ts'
import { type HolderRequest, type Issuer, MAX_HOLDER_DAYS, type ProfileResult } from './profile.ts'
import { checkCardIdentity, checkKey, checkName, checkValidity, isSigningKey } from './request-checks.ts'

/**
 * Key 9E, which works without a PIN, also over the air: so nothing in it tells who the holder is (FIPS 201-3 §4.2.2.2).
 * The subject is the organisation and the card's UUID; extended key usage is critical and id-PIV-cardAuth alone.
 */
export function cardAuthentication(request: HolderRequest, issuer: Issuer): ProfileResult {
  const { cardUuid, fascN } = request
  const refusals = [
    ...checkKey(request.publicKey, isSigningKey),
    ...checkValidity(request, { maxDays: MAX_HOLDER_DAYS, issuer, cardNotAfter: request.cardNotAfter }),
    ...(request.organization.length > 0 ? checkName(request.organization) : []),
    ...checkCardIdentity(request),
  ]
  return certificateOrRefusals(request, issuer, refusals, () => ({
    subject: [...request.organization, ...nameOf(['serialNumber', uuidUrn(cardUuid).slice('urn:uuid:'.length)])],
    extensions: [
      keyUsage(['digitalSignature']),
      extKeyUsage([PURPOSE.pivCardAuth], true),
      subjectAltName({ ...(fascN && { fascN }), emails: [], uuids: [cardUuid], uris: [] }),
    ],
  }))
}
