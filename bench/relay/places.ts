import { setTimeout as sleep } from 'node:timers/promises'
import { createPcscReaders } from '@cardwright/card-pcsc'
import { createChannelPair, runFarEnd } from '@cardwright/relay'
import type { Workstations } from '../../apps/server/src/relay/workstations.ts'
import type { Desk } from '../../tests/desk/desk.ts'
import { VISIT } from './front.ts'

/** Where the readers are. Connected one at a time, so that neither has to share the card with the other. */
export type Place = { connect(): Promise<void>; disconnect(): Promise<void> }

const until = async (is: () => boolean, what: string): Promise<void> => {
  const end = performance.now() + 60_000
  while (!is()) {
    if (performance.now() > end) throw new Error(`waited a minute for ${what}`)
    await sleep(20)
  }
}

/** Behind a page of the User portal, the extension and the client, as at somebody's desk. */
export const atDesk = (workstations: Workstations, desk: Desk, url: string): Place => ({
  connect: async () => {
    await desk.page.goto(`${url}/user`)
    await until(() => workstations.of(VISIT) !== null, 'the page to connect its workstation')
  },
  disconnect: async () => {
    await desk.page.goto('about:blank')
    await until(() => workstations.of(VISIT) === null, 'the page to go')
  },
})

/** In this process: the same far end over the same readers, with nothing in between. */
export const atServer = (workstations: Workstations): Place => {
  let end = async () => {}
  return {
    connect: async () => {
      const [near, far] = createChannelPair()
      const readers = createPcscReaders()
      runFarEnd(far, readers)
      await workstations.connect({ id: VISIT, arrival: 1 }, near, () => {})
      end = async () => {
        near.close()
        await readers.close()
      }
    },
    disconnect: () => end(),
  }
}
