import { EventEmitter } from 'node:events'
import type { Pcsc } from './load.ts'

/** Stands in for pcsc-mini in tests: a service that can be away, and readers that can be told what happens. */
export type FakePcsc = {
  readonly load: () => Promise<Pcsc>
  serviceRuns: boolean
  /** A reader as the monitoring thread would report it; status is a set of ReaderStatus bits. */
  report(name: string, status: number): void
  unplug(name: string): void
  /** The service goes away while it is used. */
  fail(): void
  /** Raw state of the card that is connected to. */
  cardState: number
  /** What `connect` does next. */
  connectError: string | undefined
  /** What the card answers; undefined = it was taken out. */
  cardAnswer: Uint8Array | undefined
  readonly clients: () => number
}

export const STATUS = { EMPTY: 16, PRESENT: 32, MUTE: 512 } as const

class PcscError extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

export function fakePcsc(): FakePcsc {
  let clients = 0
  let current: EventEmitter | undefined
  const readers = new Map<string, EventEmitter>()
  const card = {
    state: async () => ({ atr: Uint8Array.of(0x3b, 0x00), status: { raw: fake.cardState } }),
    disconnect: async () => {},
    reconnect: async () => 2,
    transmit: async () => {
      if (fake.cardAnswer) return fake.cardAnswer
      throw new PcscError(fake.connectError ?? 'RemovedCard')
    },
  }

  class Client extends EventEmitter {
    start() {
      if (!fake.serviceRuns) throw new PcscError('NoService')
      clients++
      current = this
      return this
    }
    stop() {
      throw new Error('may stand still for ever')
    }
  }

  function reader(name: string): EventEmitter {
    const known = readers.get(name)
    if (known) return known
    const made = Object.assign(new EventEmitter(), {
      name: () => name,
      connect: async () => {
        if (fake.connectError) throw new PcscError(fake.connectError)
        return card
      },
    })
    readers.set(name, made)
    current?.emit('reader', made)
    return made
  }

  const fake: FakePcsc = {
    serviceRuns: true,
    connectError: undefined,
    cardAnswer: undefined,
    cardState: 0,
    clients: () => clients,
    load: async () =>
      ({
        Client,
        ReaderStatus: STATUS,
        CardMode: { EXCLUSIVE: 1, SHARED: 2 },
        CardDisposition: { LEAVE: 0, RESET: 1, UNPOWER: 2 },
      }) as unknown as Pcsc,
    report(name, raw) {
      reader(name).emit('change', { raw, has: (flag: number) => (raw & flag) === flag })
    },
    unplug(name) {
      readers.get(name)?.emit('disconnect')
      readers.delete(name)
    },
    fail() {
      fake.serviceRuns = false
      readers.clear()
      current?.emit('error', new PcscError('CommError'))
    },
  }
  return fake
}
