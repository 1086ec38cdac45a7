import { routes } from '@cardwright/contract'
import { RefusalError, refuse, type Store } from '@cardwright/core'
import type { z } from 'zod'
import { readerView } from '../../readers/reader-view.ts'
import type { VirtualCards } from '../../readers/virtual-cards.ts'
import type { Reach } from '../../relay/reach.ts'
import type { Caller } from '../caller.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import type { Registrar } from '../registrar.ts'

type ReaderList = z.output<typeof routes.listReaders.answer>

export type ReaderRoutePorts = {
  readonly store: Store
  readonly reachOf: (caller: Caller) => Reach
  readonly virtualCards: VirtualCards | null
  /** Why there is no PC/SC, for people; undefined while there is. */
  readonly pcscFailure: () => string | undefined
}

export const registerReaderRoutes = ({ handle, stream }: Registrar, ports: ReaderRoutePorts): void => {
  const { store, reachOf, virtualCards } = ports

  const list = async (reach: Reach): Promise<ReaderList> => {
    const seen = await reach.readers()
    const readers = await Promise.all(seen.map(reader => readerView(store, virtualCards, reader)))
    const message = ports.pcscFailure()
    const pcsc = message === undefined ? { available: true } : { available: false, message }
    return { readers, pcsc, workstation: reach.hasWorkstation() }
  }
  const demoCards = (): VirtualCards => {
    if (virtualCards === null) throw new RefusalError(refuse('NOT_FOUND'))
    return virtualCards
  }
  /** A reader with one of our operations on it is left alone: putting in another card there would break it. */
  const ifFree = async (reach: Reach, readerId: string, change: () => Promise<void>): Promise<ReaderList> => {
    const release = await reach.reserve(readerId)
    if (release === null) throw new RefusalError(refuse('CARD_IN_USE'))
    try {
      await change()
    } finally {
      release()
    }
    return list(reach)
  }

  handle(routes.listReaders, ({ caller }) => list(reachOf(caller)))
  handle(routes.insertVirtualCard, ({ body, caller }) =>
    ifFree(reachOf(caller), body.readerId, () => demoCards().insert(body.readerId, body.cardId)),
  )
  // The demo's way to pull a card in the middle of an issuance: that must be possible, so nothing is reserved.
  handle(routes.removeVirtualCard, async ({ body, caller }) => {
    await demoCards().remove(body.readerId)
    return list(reachOf(caller))
  })

  stream(routes.watchReaders, async ({ caller }, events) => {
    const reach = reachOf(caller)
    const send = oneAtATime(async () => {
      if (!events.closed) events.send(await list(reach))
    })
    await send()
    return reach.watch(() => void send().catch(() => events.close()))
  })
}
