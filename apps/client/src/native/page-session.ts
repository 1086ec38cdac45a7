import { bytesToHex, type ReaderInfo, type Readers } from '@cardwright/card'
import { type ClientRefusal, type FromClient, type FromPage, WORKSTATION_PROTOCOL } from '@cardwright/contract'
import { type Chunk, ChunkError, type FarEnd, type FarPrinters, runFarEnd } from '@cardwright/relay'
import { createGuard } from '../allow-list/guard.ts'
import { createOfflineUnblock } from '../unblock/offline-unblock.ts'
import { createHeldCards } from './held-cards.ts'
import { look } from './look.ts'
import { createPageRelay, type PageRelay } from './page-relay.ts'

/** What a page that was let in can do. Everything it gets or holds ends with it. */
export type PageSession = {
  receive(message: FromPage): Promise<void>
  /** Lets go of all cards; a command that runs is left to end first. */
  end(): Promise<void>
}

export type PageSessionParts = {
  readonly readers: Readers
  readonly printers: FarPrinters | null
  readonly send: (message: FromClient) => void
  /** Tells the page why, and ends everything. */
  readonly refuse: (code: ClientRefusal, detail: string) => void
  readonly log: (event: string) => void
  readonly version: string
  readonly platform: string
  /** The extension's own page: it has no server, so it unblocks and does nothing else. */
  readonly offline: boolean
}

/** What only a page with a server behind it may send. */
const OF_A_SERVER: readonly FromPage['type'][] = ['relay', 'relay-reset', 'keep']

export const createPageSession = (parts: PageSessionParts): PageSession => {
  const { send, refuse, log, version, platform } = parts
  const held = createHeldCards(parts.readers)
  const guard = createGuard(held.readers)
  const unblock = createOfflineUnblock(guard.readers)
  let greeted = false

  const openRelay = (): { relay: PageRelay; farEnd: FarEnd } => {
    const relay = createPageRelay(
      (chunk: Chunk) => send({ type: 'relay', chunk }),
      () => refuse('RELAY_BROKEN', 'The server sent what this client does not understand. Update the client.'),
    )
    const farEnd = runFarEnd(relay.channel, guard.readers, {
      ...(parts.printers ? { printers: parts.printers } : {}),
      refuse: (script, connection) => {
        const reason = guard.refuse(script, connection)
        log(reason === undefined ? `script of ${script.steps.length} steps` : `script refused: ${reason}`)
        return reason
      },
    })
    return { relay, farEnd }
  }
  let current = openRelay()

  const welcome = async (protocol: number) => {
    if (protocol > WORKSTATION_PROTOCOL) {
      return refuse(
        'PROTOCOL_TOO_NEW',
        `This client ${version} is too old for the portal. Install the portal's client.`,
      )
    }
    greeted = true
    // An offline page has no server that would print.
    const queues = parts.offline ? [] : (parts.printers?.list().catch(() => []) ?? [])
    const [{ pcsc }, printers] = await Promise.all([look(parts.readers), queues])
    send({
      type: 'welcome',
      protocol: WORKSTATION_PROTOCOL,
      version,
      platform,
      pcsc,
      printers: printers.slice(0, 64).map(toPrinter),
      printersSupported: parts.printers !== null,
    })
  }

  const relay = (chunk: Chunk) => {
    try {
      current.relay.receive(chunk)
    } catch (error) {
      if (!(error instanceof ChunkError)) throw error
      refuse('RELAY_BROKEN', `The relay is broken: ${error.message}.`)
    }
  }

  const reset = async () => {
    current.relay.end()
    current = openRelay()
    await unblock.cancel()
    await held.released()
    send({ type: 'relay-reset' })
  }

  const beginUnblock = async (readerId: string) => {
    const begun = await unblock.begin(readerId)
    log(`offline unblock in ${readerId}: ${'code' in begun ? begun.code : 'challenge given'}`)
    if ('code' in begun) return send({ type: 'unblock-failed', ...begun })
    const { readers } = await look(parts.readers)
    const reader = readers.find(({ id }) => id === readerId) ?? { id: readerId, name: readerId, virtual: false }
    send({ type: 'unblock-challenge', challenge: begun.challenge, reader: toReader(reader) })
  }

  const finishUnblock = async (answer: string, newPin: string) => {
    const problem = await unblock.finish(answer, newPin)
    log(`offline unblock: ${problem?.code ?? 'done'}`)
    send(problem ? { type: 'unblock-failed', ...problem } : { type: 'unblock-done' })
  }

  return {
    async receive(message) {
      if (message.type === 'hello') return welcome(message.protocol)
      if (!greeted) return refuse('MESSAGE_INVALID', 'The page did not say hello first.')
      if (parts.offline && OF_A_SERVER.includes(message.type)) {
        return refuse('MESSAGE_INVALID', 'The offline page has no server whose scripts could be run.')
      }
      switch (message.type) {
        case 'relay':
          return relay(message.chunk)
        case 'relay-reset':
          return reset()
        case 'keep': {
          const { pin, newPin } = message.typed
          const typed = { ...(pin === undefined ? {} : { pin }), ...(newPin === undefined ? {} : { newPin }) }
          current.farEnd.keep(message.key, typed)
          return send({ type: 'kept', key: message.key })
        }
        case 'readers': {
          const { readers, pcsc } = await look(parts.readers)
          return send({ type: 'readers', readers: readers.slice(0, 64).map(toReader), pcsc })
        }
        case 'unblock-begin':
          return beginUnblock(message.readerId)
        case 'unblock-finish':
          return finishUnblock(message.answer, message.newPin)
        case 'unblock-cancel':
          return unblock.cancel()
      }
    },
    async end() {
      current.relay.end()
      await unblock.cancel()
      await held.released()
    },
  }
}

const toPrinter = ({ queue, name }: { readonly queue: string; readonly name: string }) => ({ id: queue, name })

const toReader = ({ id, name, card }: ReaderInfo) => ({
  id,
  name,
  ...(card ? { card: { atr: bytesToHex(card.atr) } } : {}),
})
