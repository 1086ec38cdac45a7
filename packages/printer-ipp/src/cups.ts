import { existsSync } from 'node:fs'
import type { IppAddress } from './address.ts'
import { createIppClient } from './client.ts'
import { chooseMedia, MEDIA_ATTRIBUTES } from './media.ts'
import { attribute } from './message/encode.ts'
import { GROUP, type IppAttributes, OPERATION, strings, succeeded } from './message/message.ts'
import type { PrinterStatus, PrintMedia } from './printer.ts'
import { readStatus, STATUS_ATTRIBUTES } from './state.ts'

export type CupsQueue = {
  /** Unique within its CUPS. */
  readonly name: string
  /** Written by whoever set it up; its name if nobody did. */
  readonly info: string
  readonly media: readonly PrintMedia[]
  readonly status: PrinterStatus
  /** For `createIppPrinter`. */
  readonly address: IppAddress
}

export type CupsPlace = {
  /** Without, the socket of the system's CUPS; where there is none, host and port. */
  readonly socketPath?: string
  readonly host?: string
  readonly port?: number
  readonly timeoutMs?: number
}

/** Debian and Fedora, and macOS. */
const SOCKETS = ['/run/cups/cups.sock', '/private/var/run/cupsd']
const TIMEOUT_MS = 5000
const ALL_MEDIA: readonly PrintMedia[] = ['CR80', 'A4', 'LETTER']

const QUEUE_ATTRIBUTES = ['printer-name', 'printer-info', ...STATUS_ATTRIBUTES, ...MEDIA_ATTRIBUTES]

const placeOf = ({ socketPath, host, port = 631 }: CupsPlace): { base: string; socketPath?: string } => {
  const socket = socketPath ?? (host ? undefined : SOCKETS.find(path => existsSync(path)))
  return { base: `ipp://${host ?? 'localhost'}:${port}`, ...(socket && { socketPath: socket }) }
}

/** The queues of a CUPS, this machine's unless `place` says another; none where there is no CUPS. */
export const findCupsQueues = async (place: CupsPlace = {}): Promise<readonly CupsQueue[]> => {
  const { base, socketPath } = placeOf(place)
  const address = (path: string): IppAddress => ({ uri: `${base}${path}`, ...(socketPath && { socketPath }) })
  const client = createIppClient(address('/'), 'cardwright')
  const all = await client.ask({
    operation: OPERATION.cupsGetPrinters,
    operationAttributes: [attribute('keyword', 'requested-attributes', ...QUEUE_ATTRIBUTES)],
    timeoutMs: place.timeoutMs ?? TIMEOUT_MS,
  })
  if (all.kind === 'LOST' || !succeeded(all.answer.status)) return []
  const queueOf = (attributes: IppAttributes): CupsQueue[] => {
    const [name] = strings(attributes, 'printer-name')
    if (!name) return []
    const [info] = strings(attributes, 'printer-info')
    return [
      {
        name,
        info: info || name,
        media: ALL_MEDIA.filter(media => chooseMedia(attributes, media) !== null),
        status: readStatus(attributes),
        address: address(`/printers/${encodeURIComponent(name)}`),
      },
    ]
  }
  return all.answer.groups.filter(group => group.tag === GROUP.printer).flatMap(group => queueOf(group.attributes))
}
