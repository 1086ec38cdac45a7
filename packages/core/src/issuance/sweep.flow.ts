import type { Actor } from '../audit/audit-record.ts'
import { replacementFact } from '../audit/facts.ts'
import { transition } from '../device/device-states.ts'
import { followIssuance } from '../request/follow-issuance.flow.ts'
import type { Issuance } from './issuance.ts'
import type { IssuancePorts } from './issuance-ports.ts'
import { placeOfStep } from './step-id.ts'

/**
 * I-17: issuances whose server fell silent become FAILED with SERVER_INTERRUPTED, so that Retry, Cancel or recycle
 * work. `ownToo` = at start: what this server left behind needs no waiting, it cannot be running.
 * Answers how many were swept.
 */
export const sweepAbandoned = async (ports: IssuancePorts, ownToo: boolean): Promise<number> => {
  const now = ports.clock()
  // No lease is a year long; a database could not hold the end of time.
  const horizon = ownToo ? now + 366 * 86_400_000 : now
  const found = await ports.store.transaction(tx => tx.issuances.abandoned(horizon))
  const dead = found.filter(i => (i.lease && i.lease.until < now) || (ownToo && i.lease?.owner === ports.owner))
  for (const issuance of dead) await sweepOne(ports, issuance, now)
  return dead.length
}

const sweeper: Actor = { kind: 'system', id: 'system:sweeper', label: 'Cardwright' }

const sweepOne = async (ports: IssuancePorts, issuance: Issuance, at: number): Promise<void> => {
  const step = issuance.steps.find(s => s.state === 'RUNNING')?.name ?? 'claim'
  const swept = await ports.store.transaction(async tx => {
    const device = await tx.devices.get(issuance.deviceId)
    const saved = await tx.issuances.save({
      ...issuance,
      state: 'FAILED',
      lease: null,
      error: { code: 'SERVER_INTERRUPTED', step, params: {}, at },
    })
    // Somebody else was faster, or the server came back: theirs is the truth.
    if (!saved || !device) return null
    const moved = transition(device, 'production-failed')
    if (moved.ok && issuance.kind !== 'RECYCLE') await tx.devices.save(moved.value)
    await followIssuance(tx, saved, 'fail', { by: sweeper, at })
    await tx.audit({
      at,
      actor: sweeper,
      action: issuance.kind === 'RECYCLE' ? 'recycle.interrupted' : 'device.production-failed',
      object: { type: 'device', id: device.id, label: device.serial },
      userId: issuance.userId,
      deviceId: device.id,
      result: 'FAILURE',
      reason: 'SERVER_INTERRUPTED',
      details: {
        issuance: issuance.id,
        step,
        ...placeOfStep(issuance),
        ...replacementFact(device.temporary, issuance.replaces),
      },
    })
    return saved
  })
  if (swept) ports.progress.report(swept)
}
