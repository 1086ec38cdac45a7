import type { Actor } from '../audit/audit-record.ts'
import { replacementFact } from '../audit/facts.ts'
import { changeCredentials } from '../credential/change-credentials.flow.ts'
import type { RevocationReason } from '../credential/credential.ts'
import type { Device } from '../device/device.ts'
import { transition } from '../device/device-states.ts'
import { accept, type Outcome, RefusalError, refuse } from '../outcome/refusal.ts'
import type { Transaction } from '../ports/store.ts'
import { followIssuance } from '../request/follow-issuance.flow.ts'
import { refusalOf } from './failure.ts'
import type { Issuance } from './issuance.ts'
import type { IssuancePorts } from './issuance-ports.ts'

/**
 * Ends every certificate that the issuance may have brought about: those stored as credentials are revoked, those whose
 * answer was lost (intent without credential) are abandoned at the CA. Both go through the outbox of this transaction.
 */
export const endCertificates = async (
  tx: Transaction,
  issuance: Pick<Issuance, 'id' | 'intents' | 'deviceId' | 'userId'>,
  authorityId: string,
  reason: RevocationReason,
): Promise<number> => {
  const ended = await changeCredentials(
    tx,
    { id: issuance.deviceId, userId: issuance.userId },
    { event: 'revoke', reasonOf: () => reason, only: credential => credential.issuanceId === issuance.id },
  )
  for (const intent of issuance.intents.filter(i => i.credentialId === null)) {
    await tx.outbox({ kind: 'certificate.abandon', authorityId, idempotencyKey: intent.idempotencyKey, reason })
  }
  return ended.length
}

/** Closes an open issuance inside a transaction: also used when a recycle takes the device over (I-16). */
export const closeIssuance = async (
  tx: Transaction,
  issuance: Issuance,
  device: Device,
  authorityId: string,
  by: Actor,
  at: number,
): Promise<{ readonly issuance: Issuance; readonly device: Device }> => {
  const revoked = await endCertificates(tx, issuance, authorityId, 'cessationOfOperation')
  const moved =
    issuance.kind === 'RECYCLE'
      ? accept(device)
      : transition(device, issuance.cardTouched ? 'cancel-touched' : 'cancel-untouched')
  if (!moved.ok) throw new RefusalError(moved)
  // The PUK stays sealed: a card without reset is put back to blank with it.
  await tx.secrets.wipe(device.id, 'PIN')
  if (!issuance.cardTouched && issuance.kind !== 'RECYCLE') await tx.secrets.wipe(device.id, 'PUK')
  const ended = issuance.kind === 'RECYCLE' ? {} : { temporary: false, requestId: null }
  const savedDevice = await tx.devices.save({ ...moved.value, ...ended })
  const saved = await tx.issuances.save({ ...issuance, state: 'CANCELLED', endedAt: at, lease: null })
  if (!saved || !savedDevice) throw new RefusalError(refuse('IN_PROGRESS_ELSEWHERE', { by: issuance.startedBy.label }))
  await followIssuance(tx, saved, 'release', { by, at })
  await tx.audit({
    at,
    actor: by,
    action: issuance.kind === 'RECYCLE' ? 'recycle.cancelled' : 'issuance.cancelled',
    object: { type: 'device', id: device.id, label: device.serial },
    userId: issuance.userId,
    deviceId: device.id,
    result: 'SUCCESS',
    reason: issuance.error?.code ?? issuance.replaces,
    details: {
      issuance: issuance.id,
      revoked,
      touched: issuance.cardTouched,
      ...replacementFact(device.temporary, issuance.replaces),
    },
  })
  return { issuance: saved, device: savedDevice }
}

/** I-15: Cancel. The device is no longer assigned to the user; certificates issued on the way are revoked. */
export const cancelIssuance = async (ports: IssuancePorts, id: string, by: Actor): Promise<Outcome<Issuance>> => {
  try {
    const closed = await ports.store.transaction(async tx => {
      const issuance = await tx.issuances.get(id)
      const device = issuance && (await tx.devices.get(issuance.deviceId))
      if (!issuance || !device) throw new RefusalError(refuse('NOT_FOUND'))
      if (issuance.state === 'RUNNING')
        throw new RefusalError(refuse('IN_PROGRESS_ELSEWHERE', { by: issuance.startedBy.label }))
      if (issuance.state !== 'FAILED' && issuance.state !== 'WAITING_FOR_PIN')
        throw new RefusalError(refuse('WRONG_STATE', { state: issuance.state, reason: issuance.kind, event: 'cancel' }))
      return closeIssuance(tx, issuance, device, ports.authority.id, by, ports.clock())
    })
    ports.progress.report(closed.issuance)
    return accept(closed.issuance)
  } catch (error) {
    return refusalOf(error)
  }
}
