import { transition } from '../device/device-states.ts'
import { followIssuance } from '../request/follow-issuance.flow.ts'
import { refusalOf } from './failure.ts'
import type { Issuance, IssuanceError } from './issuance.ts'
import type { IssuancePorts } from './issuance-ports.ts'
import type { Ledger } from './ledger.flow.ts'
import { placeOfStep } from './step-id.ts'

/**
 * I-12, I-17: every failure ends in a stored FAILED with its cause and step. What is in the store counts, not what this
 * attempt remembers: an answer of the database may have been lost after its commit. If even this cannot be stored
 * (disk full, database away), the lease runs out and the sweeper does it; whoever watches is told at once.
 * `spent` = round trips of this attempt.
 */
export const failIssuance = async (
  ports: IssuancePorts,
  ledger: Ledger,
  error: unknown,
  spent: number,
): Promise<Issuance> => {
  const refusal = refusalOf(error)
  const step = ledger.currentStep
  const where = placeOfStep(ledger.issuance)
  const cause: IssuanceError = { code: refusal.code, step, params: refusal.params, at: ports.clock() }
  ports.unexpected(error, { issuance: ledger.issuance.id, code: refusal.code, step })
  const steps = ledger.issuance.steps.map(s => (s.state === 'RUNNING' ? { ...s, state: 'FAILED' as const } : s))
  const asFailed = (i: Issuance): Issuance => ({
    ...i,
    state: 'FAILED',
    error: cause,
    steps,
    roundTrips: i.roundTrips + spent,
    lease: null,
  })
  try {
    const stored = await ports.store.transaction(async tx => {
      const now = await tx.issuances.get(ledger.issuance.id)
      // Taken over or ended by somebody else: theirs is the truth.
      if (now?.state !== 'RUNNING' || now.attempt !== ledger.issuance.attempt || now.lease?.owner !== ports.owner)
        return now
      const saved = await tx.issuances.save(asFailed(now))
      const device = await tx.devices.get(now.deviceId)
      const recycling = now.kind === 'RECYCLE'
      // A device that is being recycled keeps its state: it was not blank before and is not blank now.
      const moved = device && !recycling ? transition(device, 'production-failed') : null
      if (moved?.ok) await tx.devices.save(moved.value)
      const action = recycling ? 'recycle.failed' : 'device.production-failed'
      if (saved) await followIssuance(tx, saved, 'fail', { by: ledger.by, at: cause.at })
      await tx.audit({ ...ledger.fact(action, 'FAILURE', { code: cause.code, step, ...where }), reason: cause.code })
      return saved
    })
    ledger.issuance = stored ?? asFailed(ledger.issuance)
  } catch (storing) {
    ports.unexpected(storing, { issuance: ledger.issuance.id, code: refusal.code, step })
    ledger.issuance = asFailed(ledger.issuance)
  }
  ports.progress.report(ledger.issuance)
  return ledger.issuance
}
