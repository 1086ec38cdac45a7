import type { RevocationReason } from '../credential/credential.ts'
import type { CertificateAuthority } from '../ports/certificate-authority.ts'
import type { OutboxMessage } from '../ports/store.ts'

/** Carries out one wish to the outside world. May be called again for the same message: the CA port is idempotent. */
export const carryOut = async (authority: CertificateAuthority, message: OutboxMessage): Promise<void> => {
  const reason = message.reason as RevocationReason
  switch (message.kind) {
    case 'certificate.change-status':
      return authority.changeStatus({ serialNumber: message.serialNumber, change: message.change, reason })
    case 'certificate.abandon':
      return authority.abandon({ idempotencyKey: message.idempotencyKey, reason })
  }
}
