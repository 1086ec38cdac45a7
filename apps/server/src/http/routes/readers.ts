import { routes } from '@cardwright/contract'
import { RefusalError, refuse, type Store } from '@cardwright/core'
import type { z } from 'zod'
import type { Inspection } from '../../readers/inspection.ts'
import { readerView } from '../../readers/reader-view.ts'
import type { VirtualCards } from '../../readers/virtual-cards.ts'
import type { Registrar } from '../registrar.ts'

type ReaderList = z.output<typeof routes.listReaders.answer>

export type ReaderRoutePorts = {
  readonly store: Store
  readonly inspection: Inspection
  readonly virtualCards: VirtualCards | null
  /** Why there is no PC/SC, for people; undefined while there is. */
  readonly pcscFailure: () => string | undefined
}

export const registerReaderRoutes = ({ handle, stream }: Registrar, ports: ReaderRoutePorts): void => {
  const { store, inspection, virtualCards } = ports

  const list = async (): Promise<ReaderList> => {
    const seen = await inspection.readers()
    const readers = await Promise.all(seen.map(reader => readerView(store, virtualCards, reader)))
    const message = ports.pcscFailure()
    const pcsc = message === undefined ? { available: true } : { available: false, message }
    return { readers, pcsc, workstation: false }
  }
  const demoCards = (): VirtualCards => {
    if (virtualCards === null) throw new RefusalError(refuse('NOT_FOUND'))
    return virtualCards
  }
  /** A reader with one of our operations on it is left alone: putting in another card there would break it. */
  const ifFree = async (readerId: string, change: () => Promise<void>): Promise<ReaderList> => {
    const release = await inspection.reserve(readerId)
    if (release === null) throw new RefusalError(refuse('CARD_IN_USE'))
    try {
      await change()
    } finally {
      release()
    }
    return list()
  }

  handle(routes.listReaders, list)
  handle(routes.insertVirtualCard, ({ body }) =>
    ifFree(body.readerId, () => demoCards().insert(body.readerId, body.cardId)),
  )
  // The demo's way to pull a card in the middle of an issuance: that must be possible, so nothing is reserved.
  handle(routes.removeVirtualCard, async ({ body }) => {
    await demoCards().remove(body.readerId)
    return list()
  })

  stream(routes.watchReaders, async (_call, events) => {
    let sending = false
    let again = false
    // Several changes at once (a reader with a card) become one event; the last one always shows the newest state.
    const send = async () => {
      if (sending) {
        again = true
        return
      }
      sending = true
      try {
        do {
          again = false
          events.send(await list())
        } while (again && !events.closed)
      } finally {
        sending = false
      }
    }
    await send()
    return inspection.watch(() => void send().catch(() => events.close()))
  })
}
