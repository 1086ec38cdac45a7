import type { Actor } from '../audit/audit-record.ts'
import { type Act, changedBy, deviceFact } from '../audit/facts.ts'
import { changeCredentials } from '../credential/change-credentials.flow.ts'
import type { CredentialEvent, RevocationReason } from '../credential/credential.ts'
import type { Device, TerminationReason } from '../device/device.ts'
import { type DeviceEvent, transition } from '../device/device-states.ts'
import { refusalOf } from '../issuance/failure.ts'
import { accept, type Outcome, RefusalError, refuse } from '../outcome/refusal.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store, Transaction } from '../ports/store.ts'
import { giveBack } from '../replacement/target.flow.ts'
import { completeRequest, releaseDevice } from '../request/follow-issuance.flow.ts'
import { terminate } from './terminate.flow.ts'

type Ending = { readonly change: 'terminate'; readonly reason: TerminationReason; readonly note: string }
type Passing =
  | { readonly change: 'activate' }
  | { readonly change: 'unbind' }
  | { readonly change: 'suspend'; readonly note: string }
  | { readonly change: 'resume'; readonly note: string }
export type DeviceChange = Passing | Ending

type Effect = {
  readonly event: DeviceEvent | null
  readonly patch: Partial<Device>
  readonly credentials: { readonly event: CredentialEvent; readonly reason: RevocationReason } | null
  readonly action: string
}

/** What each change does to the device and its credentials; no effect is performed here. */
const effectOf = (device: Device, { change }: Passing): Outcome<Effect> => {
  switch (change) {
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
      // The holds of an INVALID device are its request's.
      if (device.state !== 'ISSUED' || !device.suspended) break
      return accept({
        event: null,
        patch: { suspended: false },
        credentials: { event: 'resume', reason: 'unspecified' },
        action: 'device.resumed',
      })
  }
  return refuse('WRONG_STATE', {
    state: device.state,
    reason: device.suspended ? 'suspended' : device.reason,
    event: change,
  })
}

/** why the device takes another one's place, or is about to. */
const replacedFor = async (tx: Transaction, { id, requestId }: Device): Promise<string | null> => {
  const request = requestId ? await tx.requests.get(requestId) : await tx.requests.openOfNewDevice(id)
  return request?.replacement?.reason ?? null
}

/** Nobody's certificates become valid who has been disabled. */
const checkHolder = async (tx: Transaction, { userId }: Device): Promise<void> => {
  const user = userId ? await tx.users.get(userId) : null
  if (user?.status !== 'ACTIVE') throw new RefusalError(refuse('USER_DISABLED'))
}

const pass = async (tx: Transaction, device: Device, change: Passing, act: Act): Promise<Device> => {
  const effect = effectOf(device, change)
  if (!effect.ok) throw new RefusalError(effect)
  const { event, patch, credentials, action } = effect.value
  const moved = event ? transition(device, event) : accept(device)
  if (!moved.ok) throw new RefusalError(moved)
  if (credentials?.event === 'resume') await checkHolder(tx, device)
  const saved = await tx.devices.save({ ...moved.value, ...patch })
  if (!saved) throw new RefusalError(refuse('VERSION_CONFLICT', { by: '…' }))
  const changed = credentials
    ? await changeCredentials(tx, device, { event: credentials.event, reasonOf: () => credentials.reason })
    : []
  const details = { credentials: changed.length, note: 'note' in change ? change.note : '' }
  const reason = await replacedFor(tx, device)
  await tx.audit({ ...deviceFact(saved, act, { action, reason, details }), userId: device.userId })
  if (change.change === 'activate') await completeRequest(tx, saved, act)
  if (change.change === 'unbind') await releaseDevice(tx, saved.id, act)
  return saved
}

/** who stood in for a forgotten device gives its place back; not if it had lost that place itself. */
const end = async (tx: Transaction, device: Device, { reason, note }: Ending, act: Act): Promise<Device> => {
  const ended = await terminate(tx, device, { reason, note }, act)
  await releaseDevice(tx, device.id, act)
  if (device.temporary && device.invalidBy === null) await giveBack(tx, device.requestId, act)
  return ended
}

/** The device as the operator saw it, with nothing under way on it; else a refusal is thrown. */
export const deviceAsSeen = async (tx: Transaction, deviceId: string, version: number): Promise<Device> => {
  const device = await tx.devices.get(deviceId)
  if (!device) throw new RefusalError(refuse('NOT_FOUND'))
  if (device.version !== version) {
    const last = await tx.devices.lastChange(deviceId)
    throw new RefusalError(refuse('VERSION_CONFLICT', { by: last ? changedBy(last.by, last.at) : '…' }))
  }
  const open = await tx.issuances.openOfDevice(device.id)
  if (open) throw new RefusalError(refuse('IN_PROGRESS_ELSEWHERE', { by: open.startedBy.label }))
  return device
}

/**
 * Activate, unbind, suspend, resume, terminate: device, credentials, the request behind it, audit and the wishes to the CA
 * in one transaction. `version` is the one that the operator saw.
 */
export const changeDevice = async (
  ports: { readonly store: Store; readonly clock: Clock },
  request: { readonly deviceId: string; readonly version: number; readonly change: DeviceChange; readonly by: Actor },
): Promise<Outcome<Device>> => {
  const act = { by: request.by, at: ports.clock() }
  try {
    const changed = await ports.store.transaction(async tx => {
      const device = await deviceAsSeen(tx, request.deviceId, request.version)
      const { change } = request
      return change.change === 'terminate' ? end(tx, device, change, act) : pass(tx, device, change, act)
    })
    return accept(changed)
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal
    const refusal = refusalOf(error)
    if (refusal.code === 'INTERNAL') throw error
    return refusal
  }
}
