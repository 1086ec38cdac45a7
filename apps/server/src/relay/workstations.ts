import { createRelayGateway } from '@cardwright/adapters/card-gateway'
import { createRelayPrinters, type RelayPrinters } from '@cardwright/adapters/printer'
import { CardError } from '@cardwright/card'
import type { CardGateway } from '@cardwright/core'
import type { Channel } from '@cardwright/relay'
import { createInspection, type Inspection } from '../readers/inspection.ts'
import { parseWorkstationReader, workstationReader } from './reader-ids.ts'

/** One browser tab with extension and client behind it. */
export type Workstation = {
  readonly gateway: CardGateway
  readonly inspection: Inspection
  readonly printers: Pick<RelayPrinters, 'list' | 'isPrinting'>
}

/** Another tab has taken over, the session is no more, or the connection itself ended. */
export type WorkstationEnd = 'SUPERSEDED' | 'SESSION_ENDED' | 'LOST'

/** `arrival`: which connection came first. Who is asked for a session meanwhile is answered in any order. */
export type ArrivedSession = { readonly id: string; readonly arrival: number }

export type Workstations = {
  /**
   * A tab connected. The newest tab of a session counts, unless one of our operations holds a card at the older one: then
   * false, and nothing is changed. `ended` is called once when this connection no longer counts, and told why.
   */
  connect(session: ArrivedSession, channel: Channel, ended: (why: WorkstationEnd) => void): Promise<boolean>
  of(sessionId: string): Workstation | null
  /** Calls back when a workstation of this session comes or goes. */
  watch(sessionId: string, changed: () => void): () => void
  /** The session ended or is another one since a login: the workstation goes at once. */
  close(sessionId: string): void
  closeAll(): void
}

type Connected = Workstation & {
  readonly arrival: number
  readonly channel: Channel
  readonly end: (why: WorkstationEnd) => void
}

const typedHere = () => {
  throw new CardError('SCRIPT_REFUSED', 'what is typed at a workstation is kept there, not sent from here')
}

/** The same gateway under names that tell its readers from those of all others. */
const named = (gateway: CardGateway, sessionId: string): CardGateway => {
  const inner = (id: string) => parseWorkstationReader(id)?.readerId ?? id
  const rename = <T extends { readonly id: string }>(reader: T): T => ({
    ...reader,
    id: workstationReader(sessionId, reader.id),
  })
  return {
    readers: async () => (await gateway.readers()).map(rename),
    reader: async id => {
      const reader = await gateway.reader(inner(id))
      return reader && rename(reader)
    },
    watch: gateway.watch,
    open: request => gateway.open({ ...request, readerId: inner(request.readerId) }),
  }
}

export const createWorkstations = (): Workstations => {
  const connected = new Map<string, Connected>()
  const watchers = new Map<string, Set<() => void>>()
  const tell = (sessionId: string) => {
    for (const changed of watchers.get(sessionId) ?? []) changed()
  }

  const close = (sessionId: string) => {
    const found = connected.get(sessionId)
    found?.end('SESSION_ENDED')
    found?.channel.close()
  }

  return {
    connect: async ({ id: sessionId, arrival }, channel, ended) => {
      const before = connected.get(sessionId)
      // A page drops one connection for the next; the dropped one, admitted late, must not take the place of its successor.
      if (before && before.arrival > arrival) {
        ended('SUPERSEDED')
        return true
      }
      if (before?.inspection.isBusy() || before?.printers.isPrinting()) return false
      const printers = createRelayPrinters(message => channel.send(JSON.stringify(message)))
      const gateway = named(createRelayGateway(channel, { keep: typedHere, printing: printers.receive }), sessionId)
      const inspection = createInspection(gateway)
      let live = true
      const end = (why: WorkstationEnd) => {
        if (!live) return
        live = false
        inspection.close()
        printers.lose()
        if (connected.get(sessionId)?.channel === channel) {
          connected.delete(sessionId)
          tell(sessionId)
        }
        ended(why)
      }
      connected.set(sessionId, { gateway, inspection, printers, arrival, channel, end })
      channel.onClose(() => end('LOST'))
      before?.end('SUPERSEDED')
      before?.channel.close()
      tell(sessionId)
      return true
    },
    of: sessionId => connected.get(sessionId) ?? null,
    watch: (sessionId, changed) => {
      const own = () => changed()
      const all = watchers.get(sessionId) ?? new Set()
      watchers.set(sessionId, all.add(own))
      return () => {
        all.delete(own)
        if (all.size === 0) watchers.delete(sessionId)
      }
    },
    close,
    closeAll: () => {
      for (const sessionId of connected.keys()) close(sessionId)
    },
  }
}

/** All readers as the flows see them: by its name a reader belongs to a workstation or to the server's own machine. */
export const createEveryGateway = (own: CardGateway, workstations: Workstations): CardGateway => {
  const owner = (readerId: string): CardGateway => {
    const at = parseWorkstationReader(readerId)
    if (at === null) return own
    const found = workstations.of(at.sessionId)
    if (found === null) throw new CardError('RELAY_LOST', 'the workstation is not connected to this server')
    return found.gateway
  }
  return {
    readers: own.readers,
    reader: async id => owner(id).reader(id),
    watch: own.watch,
    open: async request => owner(request.readerId).open(request),
  }
}
