import { type Act, deviceFact } from '../audit/facts.ts'
import { changeCredentials } from '../credential/change-credentials.flow.ts'
import { mayStillBeDelivered } from '../delivery/delivery.ts'
import type { Device } from '../device/device.ts'
import { transition } from '../device/device-states.ts'
import { RefusalError, refuse } from '../outcome/refusal.ts'
import type { Transaction } from '../ports/store.ts'
import { type DeviceRequest, isOpenRequest, type Undo } from '../request/device-request.ts'
import { invalidReason } from './replacement-rules.ts'

type Replacing = DeviceRequest & { readonly replacement: NonNullable<DeviceRequest['replacement']> }

const lost = (): never => {
  throw new RefusalError(refuse('VERSION_CONFLICT', { by: '…' }))
}

/**
 * The device that a replacement is for. A device that was forgotten is represented by the temporary one that stands in
 * for it: an incident makes that one INVALID too.
 */
export const targetOf = async (tx: Transaction, device: Device): Promise<Device> => {
  const before = device.invalidBy ? await tx.requests.get(device.invalidBy) : null
  if (!before || isOpenRequest(before) || before.replacement?.kind !== 'TEMPORARY') return device
  for (const standIn of device.userId ? await tx.devices.ofUser(device.userId) : []) {
    const stands = standIn.temporary && (standIn.state === 'ISSUED' || standIn.state === 'INVALID')
    const issuedFor = stands && standIn.requestId ? await tx.requests.get(standIn.requestId) : null
    // Where the first stand-in has ended, the one that replaced it stands for both.
    if (issuedFor && [issuedFor.id, ...(issuedFor.replacement?.undo.behind ?? [])].includes(before.id))
      return targetOf(tx, standIn)
  }
  return device
}

/** the target becomes INVALID and all its credentials go on hold. Answers what takes that back. */
export const holdTarget = async (
  tx: Transaction,
  target: Device,
  request: Pick<DeviceRequest, 'id'> & { readonly reason: Replacing['replacement']['reason'] },
  act: Act,
): Promise<Undo> => {
  const held = await changeCredentials(tx, target, { event: 'hold', reasonOf: () => 'certificateHold' })
  const reason = invalidReason(request.reason)
  const expired = target.state === 'INVALID'
  const moved = expired ? null : transition(target, 'invalidate', { reason })
  if (moved && !moved.ok) throw new RefusalError(moved)
  const saved = await tx.devices.save({ ...(moved?.value ?? { ...target, reason }), invalidBy: request.id })
  if (!saved) return lost()
  // Whoever has a lost device must not be told its PIN by a letter that comes later; a restored one is unlocked.
  if (!mayStillBeDelivered(saved)) await tx.secrets.wipe(saved.id, 'PIN')
  await tx.audit(
    deviceFact(saved, act, {
      action: 'device.invalidated',
      reason: request.reason,
      details: { request: request.id, credentials: held.length },
    }),
  )
  const before = target.temporary && target.requestId ? await tx.requests.get(target.requestId) : null
  return {
    state: expired ? 'INVALID' : 'ISSUED',
    reason: target.reason,
    suspended: target.suspended,
    held: held.map(c => c.id),
    behind: before?.replacement ? [before.id, ...before.replacement.undo.behind] : [],
  }
}

/**
 * the target as it was before this request, and nothing else: what was on hold before stays on hold. Where the
 * target has ended meanwhile, the device that it stood in for comes back instead.
 */
export const restoreTarget = async (tx: Transaction, request: DeviceRequest, act: Act): Promise<void> => {
  const { replacement, deviceId } = request
  const target = replacement && deviceId ? await tx.devices.get(deviceId) : null
  if (!replacement || !target) return
  if (target.invalidBy === request.id) await restore(tx, target, replacement.undo, request.id, act)
  else await giveBack(tx, replacement.undo.behind[0] ?? null, act)
}

const restore = async (tx: Transaction, device: Device, undo: Undo, requestId: string, act: Act): Promise<void> => {
  const moved = undo.state === 'ISSUED' ? transition(device, 'restore') : null
  if (moved && !moved.ok) throw new RefusalError(moved)
  const back = moved?.value ?? { ...device, reason: undo.reason }
  const saved = await tx.devices.save({ ...back, suspended: undo.suspended, invalidBy: null })
  if (!saved) return lost()
  const resumed = await changeCredentials(tx, device, {
    event: 'resume',
    reasonOf: () => 'unspecified',
    only: credential => undo.held.includes(credential.id),
  })
  await tx.audit(
    deviceFact(saved, act, {
      action: 'device.restored',
      reason: device.reason,
      details: { request: requestId, credentials: resumed.length },
    }),
  )
}

/**
 * a temporary device has ended, the one that it stood in for is active again; if that has ended too, the one before
 * it. `requestId` = what the temporary device was issued for.
 */
export const giveBack = async (tx: Transaction, requestId: string | null, act: Act): Promise<void> => {
  const request = requestId ? await tx.requests.get(requestId) : null
  if (request?.replacement?.kind !== 'TEMPORARY' || !request.deviceId || request.state !== 'COMPLETED') return
  const original = await tx.devices.get(request.deviceId)
  if (original?.invalidBy === request.id) await restore(tx, original, request.replacement.undo, request.id, act)
  else await giveBack(tx, request.replacement.undo.behind[0] ?? null, act)
}

/** the target and the devices behind it that are INVALID because it stood in for them; newest first. */
export const chainOf = async (tx: Transaction, request: DeviceRequest): Promise<readonly Device[]> => {
  const chain: Device[] = []
  for (const id of [request.id, ...(request.replacement?.undo.behind ?? [])]) {
    const link = id === request.id ? request : await tx.requests.get(id)
    const device = link?.deviceId ? await tx.devices.get(link.deviceId) : null
    if (device?.invalidBy === id) chain.push(device)
  }
  return chain
}
