import { cancelIssuance, changeDevice, type Issuance, sweepAbandoned } from '@cardwright/core'
import { operator } from '../world/world.ts'
import { isIssued } from './invariants/card-secrets.ts'
import { checkInvariants, deviceOf, openIssuances } from './invariants/check-invariants.ts'
import { enterHolderPin, recycle, retry, start } from './jobs.ts'
import { cardIsBack, type Stage } from './stage.ts'

/** One of the ways that docs/issuance.md promises from everywhere; throws where it does not lead to a clean end. */
export type WayOut = { readonly name: string; take(stage: Stage): Promise<void> }

const insist = (what: string, got: Issuance | string, wanted: string): void => {
  const state = typeof got === 'string' ? got : got.state
  const why = typeof got === 'string' ? '' : (got.error?.code ?? '')
  if (state !== wanted) throw new Error(`${what} ended as ${state} ${why}, not ${wanted}`)
}

/**
 * What always happens by itself after a fault: the card is put back; a server that died comes back, or its lease runs out
 * and another one notices.
 */
export const afterTheFault = async (stage: Stage, comesBack: string | null): Promise<void> => {
  await cardIsBack(stage)
  if (!openIssuances(stage).some(i => i.state === 'RUNNING')) return
  if (comesBack) return void (await sweepAbandoned(stage.server({ owner: comesBack }), true))
  stage.world.now += stage.world.ports.leaseMs + 1
  await sweepAbandoned(stage.server(), false)
}

const enterPin = async (stage: Stage): Promise<void> => {
  const [open] = openIssuances(stage)
  if (open?.state === 'WAITING_FOR_PIN')
    insist("the holder's PIN", await enterHolderPin(stage, stage.server(), open.id), 'COMPLETED')
}

const issueAnew = async (stage: Stage): Promise<void> => {
  await cardIsBack(stage)
  const waits = stage.scenario.settings?.changePinDuringIssuance
  insist('a new issuance', await start(stage, stage.server()), waits ? 'WAITING_FOR_PIN' : 'COMPLETED')
  await enterPin(stage)
  await checkInvariants(stage, 'issued')
}

const terminate = async (stage: Stage): Promise<void> => {
  const device = deviceOf(stage)
  if (!device || !isIssued(device)) return
  const change = { change: 'terminate', reason: 'DAMAGED', note: '' } as const
  const ended = await changeDevice(stage.server(), {
    deviceId: device.id,
    version: device.version,
    change,
    by: operator,
  })
  if (!ended.ok) throw new Error(`terminate was refused with ${ended.code}`)
}

const activate = async (stage: Stage): Promise<void> => {
  const device = deviceOf(stage)
  if (device?.state !== 'PRODUCED') return
  const change = { change: 'activate' } as const
  const done = await changeDevice(stage.server(), {
    deviceId: device.id,
    version: device.version,
    change,
    by: operator,
  })
  if (!done.ok) throw new Error(`activate was refused with ${done.code}`)
  await checkInvariants(stage, 'issued')
}

const recycleToBlank = async (stage: Stage): Promise<void> => {
  insist('recycle', await recycle(stage, stage.server()), 'COMPLETED')
  await checkInvariants(stage, 'blank')
}

const retryIt: WayOut = {
  name: 'Retry',
  async take(stage) {
    const [open] = openIssuances(stage)
    if (open?.kind === 'RECYCLE') return recycleToBlank(stage)
    if (open?.state === 'FAILED') {
      const waits = stage.scenario.settings?.changePinDuringIssuance
      insist('Retry', await retry(stage, stage.server(), open.id), waits ? 'WAITING_FOR_PIN' : 'COMPLETED')
    }
    await enterPin(stage)
    const device = deviceOf(stage)
    if (!device || device.state === 'AVAILABLE') return issueAnew(stage)
    // The job was a recycle and never began.
    if (device.state === 'PRODUCED' && device.reason === 'FAILED') return recycleToBlank(stage)
    await checkInvariants(stage, 'issued')
    await activate(stage)
  },
}

const cancelIt: WayOut = {
  name: 'Cancel, recycle, issue anew',
  async take(stage) {
    const [open] = openIssuances(stage)
    if (open) {
      const cancelled = await cancelIssuance(stage.server(), open.id, operator)
      if (!cancelled.ok) throw new Error(`Cancel was refused with ${cancelled.code}`)
      await checkInvariants(stage, 'cancelled')
    }
    await terminate(stage)
    const device = deviceOf(stage)
    if (device && device.state !== 'AVAILABLE') await recycleToBlank(stage)
    // A recycle that was cancelled half way leaves an AVAILABLE device whose card is not blank.
    else if (open?.kind === 'RECYCLE') await recycleToBlank(stage)
    await issueAnew(stage)
  },
}

const recycleIt: WayOut = {
  name: 'recycle at once (I-16), issue anew',
  async take(stage) {
    const [open] = openIssuances(stage)
    if (open?.state === 'WAITING_FOR_PIN') {
      insist('recycle while a PIN is waited for', await recycle(stage, stage.server()), 'IN_PROGRESS_ELSEWHERE')
      const cancelled = await cancelIssuance(stage.server(), open.id, operator)
      if (!cancelled.ok) throw new Error(`Cancel was refused with ${cancelled.code}`)
    }
    await terminate(stage)
    await recycleToBlank(stage)
    await issueAnew(stage)
  },
}

export const waysOut: readonly WayOut[] = [retryIt, cancelIt, recycleIt]
