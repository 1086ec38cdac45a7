import { routes } from '@cardwright/contract'
import { RefusalError, refuse, type Store } from '@cardwright/core'
import type { z } from 'zod'
import { readerView } from '../../readers/reader-view.ts'
import type { VirtualCards } from '../../readers/virtual-cards.ts'
import type { Reach } from '../../relay/reach.ts'
import type { Caller } from '../caller.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import type { Registrar } from '../registrar.ts'
import type { Visibility } from '../scope.ts'

type ReaderList = z.output<typeof routes.listReaders.answer>

export type ReaderRoutePorts = {
  readonly store: Store
  readonly reachOf: (caller: Caller) => Reach
  readonly visibility: Pick<Visibility, 'isCardVisible'>
  readonly virtualCards: VirtualCards | null
  /** Why there is no PC/SC, for people; undefined while there is. */
  readonly pcscFailure: () => string | undefined
}

export const registerReaderRoutes = ({ handle, stream }: Registrar, ports: ReaderRoutePorts): void => {
  const { store, reachOf, virtualCards } = ports

  const list = async (caller: Caller, reach = reachOf(caller)): Promise<ReaderList> => {
    const sees = (facts: Parameters<Visibility['isCardVisible']>[1]) => ports.visibility.isCardVisible(caller, facts)
    const seen = await reach.readers()
    const readers = await Promise.all(seen.map(reader => readerView(store, virtualCards, reader, sees)))
    const message = ports.pcscFailure()
    const pcsc = message === undefined ? { available: true } : { available: false, message }
    return { readers, pcsc, workstation: reach.hasWorkstation() }
  }
  const demoCards = (): VirtualCards => {
    if (virtualCards === null) throw new RefusalError(refuse('NOT_FOUND'))
    return virtualCards
  }
  /** A reader with one of our operations on it is left alone: putting in another card there would break it. */
  const ifFree = async (caller: Caller, readerId: string, change: () => Promise<void>): Promise<ReaderList> => {
    const release = await reachOf(caller).reserve(readerId)
    if (release === null) throw new RefusalError(refuse('CARD_IN_USE'))
    try {
      await change()
    } finally {
      release()
    }
    return list(caller)
  }

  handle(routes.listReaders, ({ caller }) => list(caller))
  handle(routes.insertVirtualCard, ({ body, caller }) =>
    ifFree(caller, body.readerId, () => demoCards().insert(body.readerId, body.cardId)),
  )
  // The demo's way to pull a card in the middle of an issuance: that must be possible, so nothing is reserved.
  handle(routes.removeVirtualCard, async ({ body, caller }) => {
    await demoCards().remove(body.readerId)
    return list(caller)
  })

  stream(routes.watchReaders, async ({ caller }, events) => {
    const reach = reachOf(caller)
    const send = oneAtATime(async () => {
      if (!events.closed) events.send(await list(caller, reach))
    })
    await send()
    return reach.watch(() => void send().catch(() => events.close()))
  })
}
