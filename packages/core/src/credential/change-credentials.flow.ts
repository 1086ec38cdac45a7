import type { Device } from '../device/device.ts'
import { tellDirectory } from '../directory/publish.flow.ts'
import { RefusalError, refuse } from '../outcome/refusal.ts'
import type { Transaction } from '../ports/store.ts'
import { type Credential, type CredentialEvent, changeCredential, type RevocationReason } from './credential.ts'

export type CredentialsChange = {
  readonly event: CredentialEvent
  readonly reasonOf: (credential: Credential) => RevocationReason
  /** Which of the device's; without, all. */
  readonly only?: (credential: Credential) => boolean
}

/**
 * Changes the credentials of a device that the event applies to, and puts the wishes to the CA and the directory into the
 * outbox of this transaction. Answers those that changed, as they were.
 */
export const changeCredentials = async (
  tx: Transaction,
  device: Pick<Device, 'id' | 'userId'>,
  { event, reasonOf, only = () => true }: CredentialsChange,
): Promise<readonly Credential[]> => {
  const changed: Credential[] = []
  for (const credential of (await tx.credentials.ofDevice(device.id)).filter(only)) {
    const reason = reasonOf(credential)
    const next = changeCredential(credential, event, reason)
    if (!next) continue
    if (!(await tx.credentials.save(next))) throw new RefusalError(refuse('VERSION_CONFLICT', { by: '…' }))
    const { authorityId, serialNumber } = credential
    await tx.outbox({ kind: 'certificate.change-status', authorityId, serialNumber, change: event, reason })
    changed.push(credential)
  }
  const kind = event === 'resume' ? 'directory.publish' : 'directory.withdraw'
  await tellDirectory(tx, device.userId, kind, changed)
  return changed
}
