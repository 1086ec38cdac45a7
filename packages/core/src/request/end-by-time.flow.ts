import type { Actor } from '../audit/audit-record.ts'
import { deviceFact } from '../audit/facts.ts'
import { changeCredentials } from '../credential/change-credentials.flow.ts'
import { transition } from '../device/device-states.ts'
import { endRequest } from './decide.flow.ts'
import type { RequestPorts } from './request-ports.ts'
import { requestMay } from './request-states.ts'

const clockwork: Actor = { kind: 'system', id: 'system:clock', label: 'Cardwright' }
/** So many at one turn, each in a transaction of its own: one that fails holds up no other. */
const AT_ONCE = 100

/** Requests that nobody acted on in time end; what they took away is given back. Answers how many. */
export const expireRequests = async (ports: RequestPorts): Promise<number> => {
  const act = { by: clockwork, at: ports.clock() }
  const due = await ports.store.transaction(tx => tx.requests.due(act.at, AT_ONCE))
  for (const { id } of due)
    await ports.store.transaction(async tx => {
      const request = await tx.requests.get(id)
      if (!request || !requestMay(request, 'expire')) return
      if (request.expiresAt === null || request.expiresAt > act.at) return
      await endRequest(tx, request, 'expire', act, '')
    })
  return due.length
}

/** Devices whose validity ended become INVALID, their credentials go on hold (REQUIREMENTS §1). Answers how many. */
export const expireDevices = async (ports: Pick<RequestPorts, 'store' | 'clock'>): Promise<number> => {
  const act = { by: clockwork, at: ports.clock() }
  const due = await ports.store.transaction(tx => tx.devices.expired(act.at, AT_ONCE))
  for (const { id } of due)
    await ports.store.transaction(async tx => {
      const device = await tx.devices.get(id)
      if (device?.state !== 'ISSUED' || device.expiresAt === null || device.expiresAt > act.at) return
      const moved = transition(device, 'invalidate', { reason: 'EXPIRED' })
      const saved = moved.ok ? await tx.devices.save(moved.value) : null
      // Somebody was faster; the next turn looks again.
      if (!saved) return
      const held = await changeCredentials(tx, device, { event: 'hold', reasonOf: () => 'certificateHold' })
      const about = { action: 'device.invalidated', reason: 'EXPIRED', details: { credentials: held.length } }
      await tx.audit(deviceFact(saved, act, about))
    })
  return due.length
}
