import { PassThrough } from 'node:stream'
import type { Readers } from '@cardwright/card'
import { createVirtualCard, createVirtualReaders, type VirtualReaders } from '@cardwright/card-virtual'
import { type FromClient, type FromFarEnd, fromClient, fromFarEnd, type ToFarEnd } from '@cardwright/contract'
import { createChunkJoiner, type FarPrinters, toChunks } from '@cardwright/relay'
import type { ConfigurationResult } from '../configuration/configuration.ts'
import { createFrameReader, encodeFrame } from './framing.ts'
import { runHost } from './host.ts'

export const ORIGIN = 'https://cards.example.org'
export const EXTENSION = 'abcdefghijklmnopabcdefghijklmnop'
export const READER = 'virtual-1'

export const configured: ConfigurationResult = {
  ok: true,
  file: 'client.json',
  configuration: { origins: [ORIGIN], allowedExtensions: [EXTENSION] },
}

/** A page and its extension, on the other side of the client's stdin and stdout. */
export const createPage = (write: (frame: Uint8Array) => void) => {
  const read = createFrameReader(1024 * 1024)
  const join = createChunkJoiner()
  const got: FromClient[] = []
  const relayed: FromFarEnd[] = []
  const waiting: (() => void)[] = []
  let sent = 0
  /** The first that fits, of those that came or are yet to come; taken once. A failure that nobody waits for ends the test. */
  const next = async <T, U extends T>(from: T[], fits: (message: T) => message is U): Promise<U> => {
    for (;;) {
      const failure = [...got, ...relayed].find(message => isFailure(message) && !fits(message as T))
      if (failure) throw new Error(`the client answered ${JSON.stringify(failure)}`)
      const index = from.findIndex(fits)
      const [found] = index < 0 ? [] : from.splice(index, 1)
      if (found !== undefined) return found as U
      await new Promise<void>(resolve => waiting.push(resolve))
    }
  }
  const send = (message: unknown) => write(encodeFrame(message))
  return {
    send,
    receive(bytes: Uint8Array) {
      for (const raw of read(bytes)) {
        const message = fromClient.parse(raw)
        got.push(message)
        if (message.type !== 'relay') continue
        const text = join(message.chunk)
        if (text !== undefined) relayed.push(fromFarEnd.parse(JSON.parse(text)))
      }
      for (const resolve of waiting.splice(0)) resolve()
    },
    next: <T extends FromClient['type']>(type: T) =>
      next(got, (message): message is Extract<FromClient, { type: T }> => message.type === type),
    relay(message: ToFarEnd) {
      for (const chunk of toChunks(sent++, JSON.stringify(message))) send({ type: 'relay', chunk })
    },
    nextRelayed: <T extends FromFarEnd['type']>(type: T) =>
      next(relayed, (message): message is Extract<FromFarEnd, { type: T }> => message.type === type),
    introduce(origin = ORIGIN) {
      send({ type: 'page', origin, extensionVersion: '1.0.0' })
      send({ type: 'hello', protocol: 1 })
    },
    /** All that came and was not taken. */
    rest: () => got,
  }
}

const isFailure = ({ type }: FromClient | FromFarEnd) =>
  type === 'failed' || type === 'refused' || type === 'unblock-failed'

const noPrinters: FarPrinters = {
  list: async () => [],
  print: () => Promise.reject(new Error('there is no printer here')),
}

/** The host in this process, over a virtual reader with a YubiKey as its maker ships it. */
export const startHost = (
  change: {
    configuration?: ConfigurationResult
    caller?: string
    wrap?: (readers: Readers) => Readers
    printers?: FarPrinters | null
  } = {},
) => {
  const card = createVirtualCard({
    model: 'yubikey-5.7',
    serial: 12_345_678,
    random: length => globalThis.crypto.getRandomValues(new Uint8Array(length)),
    now: () => new Date(),
  })
  const readers: VirtualReaders = createVirtualReaders([{ id: READER, name: 'Virtual reader 1', card }])
  const [input, output] = [new PassThrough(), new PassThrough()]
  const events: string[] = []
  const page = createPage(frame => input.write(frame))
  output.on('data', page.receive)
  const ended = runHost({
    input,
    output,
    caller: change.caller ?? `chrome-extension://${EXTENSION}/`,
    configuration: change.configuration ?? configured,
    readers: change.wrap?.(readers) ?? readers,
    printers: change.printers === undefined ? noPrinters : change.printers,
    log: event => events.push(event),
    version: '1.2.3',
    platform: 'linux',
  })
  const insertion = async () => (await readers.list())[0]?.card?.insertion ?? ''
  return { page, card, readers, input, ended, events, insertion }
}
