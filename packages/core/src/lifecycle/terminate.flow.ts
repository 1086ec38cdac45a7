import { type Act, deviceFact } from '../audit/facts.ts'
import { changeCredentials } from '../credential/change-credentials.flow.ts'
import type { Device, TerminationReason } from '../device/device.ts'
import { transition } from '../device/device-states.ts'
import { RefusalError, refuse } from '../outcome/refusal.ts'
import type { Transaction } from '../ports/store.ts'
import { type EndReason, revocationReason } from '../replacement/revocation.ts'

export type End = {
  readonly reason: TerminationReason
  /** What the CA is told, where that differs (R-19: RENEW). */
  readonly because?: EndReason
  readonly note?: string
  readonly requestId?: string
}

/** The device ends: credentials revoked, its stored PIN wiped, audit. What stands behind it is the caller's to bring back. */
export const terminate = async (tx: Transaction, device: Device, end: End, act: Act): Promise<Device> => {
  const moved = transition(device, 'terminate', { reason: end.reason })
  if (!moved.ok) throw new RefusalError(moved)
  const saved = await tx.devices.save({ ...moved.value, suspended: false, invalidBy: null })
  if (!saved) throw new RefusalError(refuse('VERSION_CONFLICT', { by: '…' }))
  const settings = await tx.settings.lifecycle()
  const revoked = await changeCredentials(tx, device, {
    event: 'revoke',
    reasonOf: ({ authorityId }) => revocationReason(settings, authorityId, end.because ?? end.reason),
  })
  await tx.secrets.wipe(device.id, 'PIN')
  await tx.audit(
    deviceFact(saved, act, {
      action: 'device.terminated',
      reason: end.because ?? end.reason,
      details: {
        credentials: revoked.length,
        note: end.note ?? '',
        ...(end.requestId ? { request: end.requestId } : {}),
      },
    }),
  )
  return saved
}
