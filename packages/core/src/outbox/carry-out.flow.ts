import type { RevocationReason } from '../credential/credential.ts'
import type { CertificateAuthority } from '../ports/certificate-authority.ts'
import type { CertificateMessage, OutboxMessage } from '../ports/store.ts'

export const isCertificateMessage = (message: OutboxMessage): message is CertificateMessage =>
  message.kind === 'certificate.change-status' || message.kind === 'certificate.abandon'

/** Carries out one wish to a certificate authority. May be called again for the same message: the CA port is idempotent. */
export const carryOut = async (authority: CertificateAuthority, message: CertificateMessage): Promise<void> => {
  const reason = message.reason as RevocationReason
  switch (message.kind) {
    case 'certificate.change-status':
      return authority.changeStatus({ serialNumber: message.serialNumber, change: message.change, reason })
    case 'certificate.abandon':
      return authority.abandon({ idempotencyKey: message.idempotencyKey, reason })
  }
}
