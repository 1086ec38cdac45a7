import type { Actor } from '../audit/audit-record.ts'
import {
  type Credential,
  type CredentialEvent,
  changeCredential,
  type RevocationReason,
} from '../credential/credential.ts'
import type { Device, TerminationReason } from '../device/device.ts'
import { type DeviceEvent, transition } from '../device/device-states.ts'
import { tellDirectory } from '../directory/publish.flow.ts'
import { refusalOf } from '../issuance/failure.ts'
import { accept, type Outcome, RefusalError, refuse } from '../outcome/refusal.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store, Transaction } from '../ports/store.ts'
import { revocationReasons } from '../replacement/revocation.ts'

export type DeviceChange =
  | { readonly change: 'activate' }
  | { readonly change: 'unbind' }
  | { readonly change: 'suspend'; readonly note: string }
  | { readonly change: 'resume'; readonly note: string }
  | { readonly change: 'terminate'; readonly reason: TerminationReason; readonly note: string }

type Effect = {
  readonly event: DeviceEvent | null
  readonly patch: Partial<Device>
  readonly credentials: { readonly event: CredentialEvent; readonly reason: RevocationReason } | null
  readonly action: string
}

/** What each change does to the device and its credentials; no effect is performed here. */
const effectOf = (device: Device, change: DeviceChange): Outcome<Effect> => {
  switch (change.change) {
    case 'activate':
      return accept({
        event: 'activate',
        patch: {},
        credentials: { event: 'resume', reason: 'unspecified' },
        action: 'device.activated',
      })
    case 'unbind':
      return accept({ event: 'unbind', patch: {}, credentials: null, action: 'device.unassigned' })
    case 'suspend':
      if (device.state !== 'ISSUED' || device.suspended) break
      return accept({
        event: null,
        patch: { suspended: true },
        credentials: { event: 'hold', reason: 'certificateHold' },
        action: 'device.suspended',
      })
    case 'resume':
      if (!device.suspended) break
      return accept({
        event: null,
        patch: { suspended: false },
        credentials: { event: 'resume', reason: 'unspecified' },
        action: 'device.resumed',
      })
    case 'terminate':
      return accept({
        event: 'terminate',
        patch: { suspended: false },
        credentials: { event: 'revoke', reason: revocationReasons[change.reason] },
        action: 'device.terminated',
      })
  }
  return refuse('WRONG_STATE', {
    state: device.state,
    reason: device.suspended ? 'suspended' : device.reason,
    event: change.change,
  })
}

const changeCredentials = async (tx: Transaction, device: Device, effect: NonNullable<Effect['credentials']>) => {
  const changed: Credential[] = []
  for (const credential of await tx.credentials.ofDevice(device.id)) {
    const next = changeCredential(credential, effect.event, effect.reason)
    if (!next) continue
    if (!(await tx.credentials.save(next))) throw new RefusalError(refuse('VERSION_CONFLICT', { by: '…' }))
    await tx.outbox({
      kind: 'certificate.change-status',
      authorityId: credential.authorityId,
      serialNumber: credential.serialNumber,
      change: effect.event,
      reason: effect.reason,
    })
    changed.push(credential)
  }
  const kind = effect.event === 'resume' ? 'directory.publish' : 'directory.withdraw'
  await tellDirectory(tx, device.userId, kind, changed)
  return changed.length
}

/**
 * Activate, unbind, suspend, resume, terminate: device, credentials, audit and the wishes to the CA in one transaction.
 * `version` is the one that the operator saw.
 */
export const changeDevice = async (
  ports: { readonly store: Store; readonly clock: Clock },
  request: { readonly deviceId: string; readonly version: number; readonly change: DeviceChange; readonly by: Actor },
): Promise<Outcome<Device>> => {
  try {
    const changed = await ports.store.transaction(async tx => {
      const device = await tx.devices.get(request.deviceId)
      if (!device) throw new RefusalError(refuse('NOT_FOUND'))
      if (device.version !== request.version) throw new RefusalError(refuse('VERSION_CONFLICT', { by: '…' }))
      const open = await tx.issuances.openOfDevice(device.id)
      if (open) throw new RefusalError(refuse('IN_PROGRESS_ELSEWHERE', { by: open.startedBy.label }))
      const { change } = request
      const effect = effectOf(device, change)
      if (!effect.ok) throw new RefusalError(effect)
      const reason = change.change === 'terminate' ? change.reason : undefined
      const moved = effect.value.event
        ? transition(device, effect.value.event, reason ? { reason } : {})
        : accept(device)
      if (!moved.ok) throw new RefusalError(moved)
      const saved = await tx.devices.save({ ...moved.value, ...effect.value.patch })
      if (!saved) throw new RefusalError(refuse('VERSION_CONFLICT', { by: '…' }))
      const credentials = effect.value.credentials ? await changeCredentials(tx, device, effect.value.credentials) : 0
      if (change.change === 'terminate') await tx.secrets.wipe(device.id, 'PIN')
      await tx.audit({
        at: ports.clock(),
        actor: request.by,
        action: effect.value.action,
        object: { type: 'device', id: device.id, label: device.serial },
        userId: device.userId,
        deviceId: device.id,
        result: 'SUCCESS',
        reason: reason ?? null,
        details: { credentials, note: 'note' in change ? change.note : '' },
      })
      return saved
    })
    return accept(changed)
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal
    const refusal = refusalOf(error)
    if (refusal.code === 'INTERNAL') throw error
    return refusal
  }
}
