import {
  cancelIssuance,
  type Issuance,
  type IssuancePorts,
  recycleDevice,
  retryIssuance,
  setHolderPin,
  startIssuance,
} from '@cardwright/core'
import { request } from '../world/issue.ts'
import { operator, READER } from '../world/world.ts'
import { openIssuances } from './invariants/check-invariants.ts'
import { arrange, cardIsBack, type Scenario, type Stage } from './stage.ts'

/** Something that is cut. `run` ends when its server does nothing more; whether it succeeded shows in the store. */
export type Job = {
  readonly name: string
  readonly scenario: Scenario
  /** What came before, with nothing broken. */
  prepare(stage: Stage): Promise<void>
  run(stage: Stage, ports: IssuancePorts): Promise<void>
}

const place = async (stage: Stage) => ({ readerId: READER, insertion: await stage.world.insertion() })

export const start = async (stage: Stage, ports: IssuancePorts): Promise<Issuance | string> => {
  const started = await startIssuance(ports, await request(stage.world, { kind: stage.scenario.kind }))
  return started.ok ? started.value.finished : started.code
}

export const retry = async (stage: Stage, ports: IssuancePorts, id: string): Promise<Issuance | string> => {
  const started = await retryIssuance(ports, id, await place(stage), operator)
  return started.ok ? started.value.finished : started.code
}

export const recycle = async (stage: Stage, ports: IssuancePorts): Promise<Issuance | string> => {
  const started = await recycleDevice(ports, await place(stage), operator)
  return started.ok ? started.value.finished : started.code
}

export const enterHolderPin = async (stage: Stage, ports: IssuancePorts, id: string): Promise<string> => {
  const pin = '592813'
  stage.typed.add(pin)
  const done = await setHolderPin(ports, id, await place(stage), { newPin: pin })
  return done.ok ? done.value.state : done.code
}

const effectsOf = new Map<string, number>()

/** Changes that an issuance makes to a card of this model, from a rehearsal. */
const countEffects = async ({ card, scenario }: Stage): Promise<number> => {
  const known = effectsOf.get(card.model)
  if (known) return known
  const rehearsal = await arrange(card.model, scenario)
  const before = rehearsal.card.effects()
  await start(rehearsal, rehearsal.server())
  const effects = rehearsal.card.effects() - before
  effectsOf.set(card.model, effects)
  return effects
}

/** An issuance that stopped just before its card's last change: keys and certificates exist, little is missing. */
const stoppedLate = async (stage: Stage): Promise<Issuance> => {
  stage.card.cutPowerAfter(await countEffects(stage), 'before')
  const failed = await start(stage, stage.server())
  if (typeof failed === 'string' || failed.state !== 'FAILED') throw new Error('the first attempt should have stopped')
  await cardIsBack(stage)
  return failed
}

const nothing = async (): Promise<void> => undefined

const issuing = (name: string, scenario: Scenario): Job => ({
  name,
  scenario,
  prepare: nothing,
  run: async (stage, ports) => void (await start(stage, ports)),
})

export const issueJob = issuing('ISSUE', { kind: 'ISSUE' })
export const produceJob = issuing('PRODUCE', { kind: 'PRODUCE' })
export const signedRequestsJob = issuing('ISSUE with requests signed by the card', {
  kind: 'ISSUE',
  policy: { proofOfPossession: true },
})

export const holderPinJob: Job = {
  name: "the holder's own PIN",
  scenario: { kind: 'ISSUE', settings: { changePinDuringIssuance: true } },
  prepare: async stage => {
    const waiting = await start(stage, stage.server())
    if (typeof waiting === 'string' || waiting.state !== 'WAITING_FOR_PIN') throw new Error('no PIN is waited for')
  },
  run: async (stage, ports) => {
    const [issuance] = openIssuances(stage)
    if (!issuance) throw new Error('no issuance is open')
    await enterHolderPin(stage, ports, issuance.id)
  },
}

export const retryJob: Job = {
  name: 'Retry after a late cut',
  scenario: { kind: 'ISSUE' },
  prepare: async stage => void (await stoppedLate(stage)),
  run: async (stage, ports) => {
    const [issuance] = openIssuances(stage)
    if (!issuance) throw new Error('no issuance is open')
    await retry(stage, ports, issuance.id)
  },
}

export const recycleFailedJob: Job = {
  name: 'recycle of a failed issuance',
  scenario: { kind: 'ISSUE' },
  prepare: async stage => void (await stoppedLate(stage)),
  run: async (stage, ports) => void (await recycle(stage, ports)),
}

export const recycleCancelledJob: Job = {
  name: 'recycle of a cancelled issuance',
  scenario: { kind: 'ISSUE' },
  prepare: async stage => {
    const failed = await stoppedLate(stage)
    const cancelled = await cancelIssuance(stage.server(), failed.id, operator)
    if (!cancelled.ok) throw new Error(cancelled.code)
  },
  run: async (stage, ports) => void (await recycle(stage, ports)),
}
