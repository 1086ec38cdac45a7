import { ServerDied } from '@cardwright/adapters/testing'
import type { CertificateAuthority, Store } from '@cardwright/core'
import type { Channel } from '@cardwright/relay'
import { type Fault, upTo } from './fault.ts'

/** The server dies at a change of the card: its connections close, and nothing that it still wants happens. */
export const serverAtCard: Fault = {
  name: 'server dies while the card works',
  arm(stage, place) {
    let effects = 0
    let dead = false
    let channel: Channel | undefined
    stage.card.onEffect(() => {
      if (++effects !== place) return
      dead = true
      channel?.close()
    })
    const alive = <T>(work: () => Promise<T>): Promise<T> => (dead ? Promise.reject(new ServerDied()) : work())
    const gateway = stage.world.gateway(near => {
      channel = near
      return near
    })
    const store: Store = { transaction: work => alive(() => stage.watch.transaction(work)) }
    const healthy = stage.server().authority
    const authority: CertificateAuthority = {
      id: healthy.id,
      issue: request => alive(() => healthy.issue(request)),
      changeStatus: request => alive(() => healthy.changeStatus(request)),
      abandon: request => alive(() => healthy.abandon(request)),
    }
    return {
      ports: stage.server({ gateway, store, authority }),
      places: () => upTo(effects),
      struck: () => dead,
    }
  },
}
