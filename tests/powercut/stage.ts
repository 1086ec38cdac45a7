import type { ModelName, Persistent, VirtualCard } from '@cardwright/card-virtual'
import type { CertificateAuthority, IssuancePorts, PolicyContent, SecuritySettings } from '@cardwright/core'
import { blankCard, createWorld, READER, type World } from '../world/world.ts'
import { type TransitionWatch, watchTransitions } from './invariants/transition-watch.ts'

export const MODELS: readonly ModelName[] = ['yubikey-5.7', 'yubikey-5.2', 'sp800-73']

export type Scenario = {
  readonly kind: 'ISSUE' | 'PRODUCE'
  readonly policy?: Partial<PolicyContent>
  readonly settings?: Partial<SecuritySettings>
}

/** A world with one card in its reader, and everything that the invariants must know besides. */
export type Stage = {
  readonly world: World
  readonly scenario: Scenario
  readonly card: VirtualCard
  /** The card as it left its maker. */
  readonly fresh: Persistent
  /** Idempotency keys that the CA has been asked for, by whichever server. */
  readonly asked: Set<string>
  readonly watch: TransitionWatch
  /** Every PIN that the holder ever typed. */
  readonly typed: Set<string>
  /** Ports of a server on which nothing is broken: another server each time. */
  server(change?: Partial<IssuancePorts>): IssuancePorts
}

const recording = (authority: CertificateAuthority, asked: Set<string>): CertificateAuthority => ({
  id: authority.id,
  issue: request => {
    asked.add(request.idempotencyKey)
    return authority.issue(request)
  },
  changeStatus: request => authority.changeStatus(request),
  abandon: request => authority.abandon(request),
})

export const arrange = async (model: ModelName, scenario: Scenario): Promise<Stage> => {
  const world = await createWorld({
    // What is signed with does not matter here, and this is thirty times quicker than P-384.
    authorityAlgorithm: 'ecdsa-p256-sha256',
    ...(scenario.policy ? { policy: scenario.policy } : {}),
  })
  if (scenario.settings) world.store.setSettings(scenario.settings)
  const card = blankCard(model)
  await world.insert(card)
  const watch = watchTransitions(world.store)
  const asked = new Set<string>()
  const authority = recording(world.authority, asked)
  let servers = 0
  return {
    world,
    scenario,
    card,
    fresh: card.state(),
    asked,
    watch,
    typed: new Set(),
    server: change => world.portsWith({ store: watch, authority, owner: `server-${++servers}`, ...change }),
  }
}

/** The same card is in the reader, and whatever an earlier session had it do has ended. */
export const cardIsBack = async (stage: Stage): Promise<string> => {
  const { readers } = stage.world
  if (!readers.card(READER)) readers.insert(READER, stage.card)
  for (let turn = 0; turn < 10_000; turn++) {
    try {
      const connection = await readers.connect(READER)
      await connection.close()
      return stage.world.insertion()
    } catch {
      // A script that outlived its connection still runs: each turn lets it go on.
      await new Promise(resolve => setImmediate(resolve))
    }
  }
  throw new Error('the card stays in use though nobody is connected to it')
}
