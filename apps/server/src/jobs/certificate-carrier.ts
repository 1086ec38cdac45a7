import { type CertificateAuthority, CertificateAuthorityError, carryOut, isCertificateMessage } from '@cardwright/core'
import type { Carrier } from './outbox-worker.ts'

/** Wishes to the certificate authorities. `changed`: relying parties should learn of a new status at once. */
export const certificateCarrier = (
  authorities: ReadonlyMap<string, CertificateAuthority>,
  changed: () => Promise<unknown>,
): Carrier => ({
  kinds: ['certificate.change-status', 'certificate.abandon'],
  async carryOut({ message }) {
    if (!isCertificateMessage(message)) throw new Error(`${message.kind} is not for a certificate authority`)
    const authority = authorities.get(message.authorityId)
    if (!authority) throw new CertificateAuthorityError('CA_UNREACHABLE', 'no such certificate authority here')
    await carryOut(authority, message)
  },
  codeOf: error => (error instanceof CertificateAuthorityError ? error.code : null),
  changed,
})
