import type { Actor, AuditFact } from '../audit/audit-record.ts'
import { replacementFact } from '../audit/facts.ts'
import type { Device } from '../device/device.ts'
import { RefusalError, refuse } from '../outcome/refusal.ts'
import type { Transaction } from '../ports/store.ts'
import type { Issuance, IssuanceError } from './issuance.ts'
import type { IssuancePorts } from './issuance-ports.ts'
import type { PlanStep } from './plan-issuance.ts'
import type { PlanStepName } from './plan-step.ts'
import { stepId } from './step-id.ts'

/**
 * The record of one running issuance: what is stored, and what is told to those who watch. Each save extends the
 * lease and is a compare-and-set: if another server took the issuance over, this one stops at its next save.
 */
export type Ledger = {
  issuance: Issuance
  device: Device
  /** Stores a change of issuance and device, and whatever `also` writes, in one transaction. */
  save(change: Partial<Issuance>, device?: Partial<Device>, also?: (tx: Transaction) => Promise<void>): Promise<void>
  /** Shows a step as running and those before it as done. Not stored: the plan is made anew on a retry. */
  enter(id: string): void
  /** Shows the plan that is about to be executed. */
  showPlan(steps: readonly PlanStep[]): void
  readonly currentStep: PlanStepName
  /** Who acts in this attempt. */
  readonly by: Actor
  /** Why the attempt before this one ended. */
  readonly previousError: IssuanceError | null
  fact(action: string, result: AuditFact['result'], details?: AuditFact['details']): AuditFact
}

const shown = (step: PlanStep): Issuance['steps'][number] => {
  const params: Record<string, string> = {}
  if ('slot' in step) params.slot = step.slot
  if ('object' in step) params.object = step.object
  if ('algorithm' in step) params.algorithm = step.algorithm
  if ('profile' in step) params.profile = step.profile
  return { name: step.name, params, state: 'PENDING' }
}

const idOf = (step: Issuance['steps'][number]): string =>
  stepId({ name: step.name, slot: step.params.slot, object: step.params.object })

/** `by` = who acts in this attempt, if it is not the one who started the issuance. */
export const createLedger = (
  ports: IssuancePorts,
  issuance: Issuance,
  device: Device,
  by?: Actor,
  previousError: IssuanceError | null = null,
): Ledger => {
  const ledger: Ledger = {
    issuance,
    device,
    by: by ?? issuance.startedBy,
    previousError,
    async save(change, deviceChange, also) {
      const wanted: Issuance = {
        ...ledger.issuance,
        ...change,
        lease: { owner: ports.owner, until: ports.clock() + ports.leaseMs },
      }
      const wantedDevice = deviceChange ? { ...ledger.device, ...deviceChange } : ledger.device
      const [saved, savedDevice] = await ports.store.transaction(async tx => {
        const i = await tx.issuances.save(wanted)
        const d = deviceChange ? await tx.devices.save(wantedDevice) : wantedDevice
        if (!i || !d) throw new RefusalError(refuse('IN_PROGRESS_ELSEWHERE', { by: 'another server' }))
        await also?.(tx)
        return [i, d] as const
      })
      ledger.issuance = saved
      ledger.device = savedDevice
      ports.progress.report(saved)
    },
    enter(id) {
      const at = ledger.issuance.steps.findIndex(s => idOf(s) === id)
      if (at < 0) return
      const steps = ledger.issuance.steps.map((s, i) =>
        i < at ? { ...s, state: 'DONE' as const } : i === at ? { ...s, state: 'RUNNING' as const } : s,
      )
      ledger.issuance = { ...ledger.issuance, steps }
      ports.progress.report(ledger.issuance)
    },
    showPlan(steps) {
      const done = ledger.issuance.steps.filter(s => s.name === 'claim' || s.name === 'read-card')
      ledger.issuance = {
        ...ledger.issuance,
        steps: [...done.map(s => ({ ...s, state: 'DONE' as const })), ...steps.map(shown)],
      }
      ports.progress.report(ledger.issuance)
    },
    get currentStep() {
      return ledger.issuance.steps.find(s => s.state === 'RUNNING')?.name ?? 'claim'
    },
    fact(action, result, details = {}) {
      const { issuance: i, device: d } = ledger
      return {
        at: ports.clock(),
        actor: ledger.by,
        action,
        object: { type: 'device', id: d.id, label: d.serial },
        userId: i.userId,
        deviceId: d.id,
        result,
        // why, and whether it is a temporary one.
        reason: i.replaces,
        details: {
          issuance: i.id,
          attempt: i.attempt,
          ...replacementFact(d.temporary, i.replaces),
          ...(i.requestId ? { request: i.requestId } : {}),
          ...details,
        },
      }
    },
  }
  return ledger
}
