import type { Actor } from '../audit/audit-record.ts'
import type { TerminationReason } from '../device/device.ts'
import { closeIssuance } from '../issuance/cancel-issuance.flow.ts'
import { type Outcome, RefusalError, refuse } from '../outcome/refusal.ts'
import { endRequest } from '../request/decide.flow.ts'
import { releaseDevice } from '../request/follow-issuance.flow.ts'
import type { RequestPorts } from '../request/request-ports.ts'
import { runRefusable } from '../request/run.flow.ts'
import { terminate } from './terminate.flow.ts'

export type TerminateAll = {
  readonly userId: string
  readonly reason: TerminationReason
  readonly note: string
  /** All of the user's that have not ended, as the operator saw them. */
  readonly devices: readonly { readonly id: string; readonly version: number }[]
  readonly by: Actor
}

/** Somebody leaves: every device ends and every open request with it, or nothing does. */
export const terminateAll = (
  ports: RequestPorts,
  { userId, reason, note, devices: seen, by }: TerminateAll,
): Promise<Outcome<{ readonly terminated: number; readonly cancelled: number }>> =>
  runRefusable(ports.store, async tx => {
    const act = { by, at: ports.clock() }
    const living = (await tx.devices.ofUser(userId)).filter(d => d.state !== 'TERMINATED')
    const same =
      living.length === seen.length && living.every(d => seen.some(s => s.id === d.id && s.version === d.version))
    if (!same) throw new RefusalError(refuse('VERSION_CONFLICT', { by: '…' }))
    for (const device of living) {
      const open = await tx.issuances.openOfDevice(device.id)
      if (open?.state === 'RUNNING')
        throw new RefusalError(refuse('IN_PROGRESS_ELSEWHERE', { by: open.startedBy.label }))
      if (open) await closeIssuance(tx, open, device, ports.authority.id, by, act.at)
      await releaseDevice(tx, device.id, act)
    }
    const open = await tx.requests.openOfUser(userId)
    for (const request of open) await endRequest(tx, request, 'cancel', act, note, { restores: false })
    const ending = (await tx.devices.ofUser(userId)).filter(d => d.state !== 'TERMINATED')
    for (const device of ending) await terminate(tx, device, { reason, note }, act)
    return { terminated: ending.length, cancelled: open.length }
  })
