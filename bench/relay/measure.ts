import { setTimeout as sleep } from 'node:timers/promises'
import type { Script } from '@cardwright/card'
import { defaultUserPortalSettings, type Issuance } from '@cardwright/core'
import { createIssuanceService } from '../../apps/server/src/issuance/issuance-service.ts'
import { createReach } from '../../apps/server/src/relay/reach.ts'
import { createEveryGateway, type Workstations } from '../../apps/server/src/relay/workstations.ts'
import { createSelfIssuance } from '../../apps/server/src/self-service/self-issuance.ts'
import { createWorld } from '../../tests/world/world.ts'
import { repeatableCard } from '../issue/recording.ts'
import { VISIT } from './front.ts'
import type { Place } from './places.ts'
import type { Slot } from './slot.ts'

/** SELECT of the PIV application (SP 800-73pt2-5 §3.1.1): the least that a script can ask of a card. */
const TRIVIAL: Script = {
  steps: [{ command: 'piv.select', apdus: ['00A404000BA00000030800001000010000'], accept: ['9000'] }],
}
const SCRIPTS = 40

export type Measured = {
  /** From the user's click to the stored end. */
  readonly whole: number
  readonly scripts: number
  /** Seconds of each trivial script. */
  readonly trivial: readonly number[]
}

/** The same card each time, and blank. */
export const newCard = () => repeatableCard('yubikey-5.7', 20_700_001)

/** One whole self-issuance to a new card at this place, then trivial scripts over the same connection. */
export const measureAt = async (place: Place, workstations: Workstations, slot: Slot): Promise<Measured> => {
  const world = await createWorld()
  slot.exchange(newCard())
  await place.connect()
  try {
    const ports = world.portsWith({ gateway: createEveryGateway(world.gateway(), workstations) })
    let ended: (issuance: Issuance) => void = () => {}
    const end = new Promise<Issuance>(resolve => {
      ended = resolve
    })
    const service = createIssuanceService(ports, issuance => ended(issuance))
    const settings = { ...defaultUserPortalSettings, whoCanBind: 'USER', changePinDuringIssuance: false } as const
    const selfIssuance = createSelfIssuance({
      store: ports.store,
      service,
      settings: async () => settings,
      clock: ports.clock,
    })
    const reach = createReach(VISIT, workstations, null)
    const seen = async () => {
      for (;;) {
        const reader = (await reach.readers()).find(r => r.name === slot.reader)
        if (reader?.card?.state === 'read') return { readerId: reader.id, insertion: reader.card.insertion }
        await sleep(50)
      }
    }
    const at = await seen()
    const actor = { kind: 'user', id: world.user.id, label: world.user.displayName } as const
    const begun = performance.now()
    await selfIssuance.start({ userId: world.user.id, actor, reach }, at)
    const { state, error, roundTrips } = await end
    const whole = (performance.now() - begun) / 1000
    if (state !== 'COMPLETED') throw new Error(`${JSON.stringify(error)} ${world.causes.map(String)}`)

    const release = await reach.reserve((await seen()).readerId)
    const card = await ports.gateway.open(at)
    const trivial: number[] = []
    for (let i = 0; i < SCRIPTS; i++) {
      const sent = performance.now()
      const { stopped } = await card.run(TRIVIAL)
      trivial.push((performance.now() - sent) / 1000)
      if (stopped) throw new Error('the card does not let its PIV application be selected')
    }
    await card.close()
    release?.()
    // The card is read once more after each use; the next place finds it free.
    await seen()
    return { whole, scripts: roundTrips, trivial }
  } finally {
    await place.disconnect()
  }
}
