import type { WorkstationNeeds } from '@cardwright/contract'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Environment, PagePort, Socket } from './environment.ts'
import { createWorkstation, type Workstation } from './workstation.ts'

const origin = 'https://cards.example.org'
const needs: WorkstationNeeds = {
  origin,
  extension: {
    id: 'a'.repeat(32),
    version: '1.2.0',
    leastVersion: '1.1.0',
    zip: '/extension/cardwright.zip',
    crx: '/x',
  },
  client: { leastVersion: '2.0.0', version: '2.0.0', files: [] },
}

/** A browser whose extension and client do what a test says. */
const fakeDesk = () => {
  let server: WorkstationNeeds | Error = needs
  let extension: { version: string; origins: string[] } | null = null
  let client: { version: string; silent?: boolean; refuses?: string } | null = null
  let visible = true
  const shown = new Set<() => void>()
  const ports: ReturnType<typeof openPort>[] = []
  const sockets: (Socket & { sent: string[]; closed: boolean; code: number })[] = []

  const openPort = () => {
    const receivers: ((message: unknown) => void)[] = []
    const closers: (() => void)[] = []
    const got: { type: string; [field: string]: unknown }[] = []
    let open = true
    // What a real port does too: nothing is delivered within the call that sends it.
    const later = (work: () => void) => queueMicrotask(() => open && work())
    const say = (message: unknown) => later(() => receivers.forEach(receive => void receive(message)))
    const drop = () =>
      later(() => {
        open = false
        for (const closed of closers) closed()
      })
    const answer = (message: { type: string; [field: string]: unknown }) => {
      got.push(message)
      if (!client || client.silent) return
      if (message.type === 'hello') {
        say({
          type: 'welcome',
          protocol: 1,
          version: client.version,
          platform: 'linux',
          pcsc: { available: true },
          printers: [],
          printersSupported: false,
        })
      }
      if (message.type === 'relay-reset') say({ type: 'relay-reset' })
      if (message.type === 'keep') say({ type: 'kept', key: message.key })
    }
    const port: PagePort = {
      postMessage: message => later(() => answer(message as { type: string })),
      disconnect: () => {
        open = false
      },
      onMessage: { addListener: receive => void receivers.push(receive) },
      onDisconnect: { addListener: closed => void closers.push(closed) },
    }
    if (extension === null) drop()
    else if (!extension.origins.includes(origin)) {
      say({ type: 'origin-refused', detail: 'another one' })
      drop()
    } else {
      say({ type: 'extension', version: extension.version })
      if (client === null) say({ type: 'client-missing', detail: 'Specified native messaging host not found.' })
      if (client?.refuses) say({ type: 'refused', code: client.refuses, detail: 'no' })
      if (client === null || client.refuses) drop()
    }
    return { port, say, drop, got, isOpen: () => open }
  }

  const environment: Environment = {
    origin,
    connectExtension: () => {
      const opened = openPort()
      ports.push(opened)
      return opened.port
    },
    openSocket: () => {
      const socket = {
        sent: [] as string[],
        closed: false,
        code: 0,
        send: (text: string) => void socket.sent.push(text),
        close: () => {
          socket.closed = true
        },
        onopen: null as Socket['onopen'],
        onmessage: null as Socket['onmessage'],
        onclose: null as Socket['onclose'],
      }
      sockets.push(socket)
      return socket
    },
    fetchNeeds: async () => {
      if (server instanceof Error) throw server
      return server
    },
    isVisible: () => visible,
    onVisible: listener => {
      shown.add(listener)
      return () => void shown.delete(listener)
    },
    newKey: () => '6f9619ff-8b86-4d11-b42d-00cf4fc964ff',
  }
  const last = <T>(list: readonly T[]): T => {
    const found = list.at(-1)
    if (found === undefined) throw new Error('nothing was opened')
    return found
  }
  return {
    environment,
    ports,
    sockets,
    port: () => last(ports),
    socket: () => last(sockets),
    setServer: (to: typeof server) => {
      server = to
    },
    setExtension: (to: typeof extension) => {
      extension = to
    },
    setClient: (to: typeof client) => {
      client = to
    },
    hide: () => {
      visible = false
    },
    show: () => {
      visible = true
      for (const listener of shown) listener()
    },
  }
}

const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms)
const good = { version: '1.2.0', origins: [origin] }
let desk: ReturnType<typeof fakeDesk>
let workstation: Workstation
let stop: () => void
beforeEach(() => {
  vi.useFakeTimers()
  desk = fakeDesk()
  workstation = createWorkstation(desk.environment)
})
afterEach(() => {
  stop?.()
  vi.useRealTimers()
})
const start = async () => {
  stop = workstation.start()
  await pass()
}
const startReady = async () => {
  desk.setExtension(good)
  desk.setClient({ version: '2.0.0' })
  await start()
  desk.socket().onopen?.()
  await pass()
  expect(workstation.view().state).toBe('ready')
}

test('U-2 first the extension, then the client, each found by itself once it is installed', async () => {
  await start()
  expect(workstation.view()).toMatchObject({ state: 'no-extension', extensionVersion: null, clientVersion: null })
  desk.setExtension(good)
  await pass(2_000)
  expect(workstation.view()).toMatchObject({ state: 'no-client', extensionVersion: '1.2.0', clientVersion: null })
  expect(workstation.view().detail).toContain('not found')
  desk.setClient({ version: '2.0.0' })
  await pass(2_000)
  desk.socket().onopen?.()
  await pass()
  expect(workstation.view()).toMatchObject({
    state: 'ready',
    extensionVersion: '1.2.0',
    clientVersion: '2.0.0',
    detail: null,
  })
})

test('U-2 trying again changes nothing that is shown', async () => {
  await start()
  const states: string[] = []
  workstation.subscribe(() => states.push(workstation.view().state))
  await pass(10_000)
  expect(desk.ports.length).toBeGreaterThan(4)
  expect(new Set(states)).toEqual(new Set(['no-extension']))
})

test('a page in the background starts nothing, and looks at once when it is shown', async () => {
  await start()
  desk.hide()
  await pass(60_000)
  expect(desk.ports).toHaveLength(1)
  desk.setExtension(good)
  desk.show()
  await pass()
  expect(workstation.view().state).toBe('no-client')
})

test.each([
  ['1.0.9', '2.0.0', 'extension-too-old'],
  ['1.10.0', '1.99.0', 'client-too-old'],
] as const)(
  'U-2 extension %s with client %s: %s, and no card is offered to the server',
  async (version, clientVersion, state) => {
    desk.setExtension({ ...good, version })
    desk.setClient({ version: clientVersion })
    await start()
    expect(workstation.view().state).toBe(state)
    expect(desk.sockets).toHaveLength(0)
    expect(desk.port().isOpen()).toBe(false)
    desk.setExtension(good)
    desk.setClient({ version: '2.0.0' })
    await pass(2_000)
    expect(desk.sockets).toHaveLength(1)
  },
)

test.each([
  ['the extension', () => desk.setExtension({ ...good, origins: ['https://other.example.org'] })],
  ['the client', () => desk.setClient({ version: '2.0.0', refuses: 'ORIGIN_NOT_ALLOWED' })],
  ['the server', () => desk.setServer({ ...needs, origin: 'https://cards.example.com' })],
])('%s serves another address than this page has', async (_, change) => {
  desk.setExtension(good)
  desk.setClient({ version: '2.0.0' })
  change()
  await start()
  expect(workstation.view().state).toBe('not-this-origin')
  expect(desk.sockets).toHaveLength(0)
})

test('a client that says nothing is as good as none', async () => {
  desk.setExtension(good)
  desk.setClient({ version: '2.0.0', silent: true })
  await start()
  expect(workstation.view().state).toBe('connecting')
  await pass(10_000)
  expect(workstation.view()).toMatchObject({ state: 'no-client', detail: 'The client does not answer.' })
})

test('texts go both ways as they are, the long ones in parts on the side of the client only', async () => {
  await startReady()
  const text = JSON.stringify({ type: 'run', filler: 'x'.repeat(400_000) })
  desk.socket().onmessage?.({ data: text })
  await pass()
  const chunks = desk
    .port()
    .got.filter(message => message.type === 'relay')
    .map(message => message.chunk)
  expect(chunks).toHaveLength(3)
  expect(chunks.map(chunk => (chunk as { text: string }).text).join('')).toBe(text)
  for (const chunk of chunks) desk.port().say({ type: 'relay', chunk })
  await pass()
  expect(desk.socket().sent).toEqual([text])
})

test('what the server sends before the client has let go of the old connection waits for that', async () => {
  await startReady()
  desk.socket().onclose?.({ code: 1006 })
  expect(workstation.view().state).toBe('server-away')
  await pass(300)
  const before = desk.port().got.length
  desk.socket().onopen?.()
  desk.socket().onmessage?.({ data: '{"type":"watch-readers","message":0}' })
  await pass()
  expect(
    desk
      .port()
      .got.slice(before)
      .map(message => message.type),
  ).toEqual(['relay-reset', 'relay'])
  expect(workstation.view().state).toBe('ready')
})

test('the server goes and comes back: the same client stays, a chunk of the connection before goes nowhere', async () => {
  await startReady()
  desk.socket().onclose?.({ code: 1006 })
  desk.port().say({ type: 'relay', chunk: { id: 0, part: 0, parts: 1, text: 'old' } })
  await pass(300)
  desk.socket().onclose?.({ code: 1006 })
  await pass(1_000)
  expect(desk.sockets).toHaveLength(3)
  desk.socket().onopen?.()
  await pass()
  expect(workstation.view().state).toBe('ready')
  expect(desk.ports).toHaveLength(1)
  expect(desk.sockets.flatMap(socket => socket.sent)).toEqual([])
})

test('another tab works with a card: this one waits and tries again', async () => {
  await startReady()
  desk.socket().onclose?.({ code: 4001 })
  expect(workstation.view().state).toBe('in-use-elsewhere')
  await pass(300)
  desk.socket().onopen?.()
  await pass()
  expect(workstation.view().state).toBe('ready')
})

test('another tab took over: this one leaves it alone until somebody comes back to it', async () => {
  await startReady()
  const resets = () => desk.ports[0]?.got.filter(message => message.type === 'relay-reset').length ?? 0
  const before = resets()
  desk.socket().onclose?.({ code: 4002 })
  await pass()
  expect(resets(), 'the client lets go of the cards').toBe(before + 1)
  await pass(60_000)
  expect(workstation.view().state).toBe('in-use-elsewhere')
  expect(desk.sockets).toHaveLength(1)
  desk.show()
  desk.socket().onopen?.()
  await pass()
  expect(workstation.view().state).toBe('ready')
})

test('after a login the same client is connected anew, under the session that the browser has now', async () => {
  await startReady()
  const before = desk.socket()
  workstation.sessionChanged()
  expect([before.closed, desk.sockets.length, workstation.view().state]).toEqual([true, 2, 'connecting'])
  // The end of the connection before is the page's own doing, and no reason to try again.
  expect(before.onclose).toBeNull()
  desk.socket().onopen?.()
  await pass()
  expect([workstation.view().state, desk.ports.length, desk.sockets.length]).toEqual(['ready', 1, 2])
})

test('an answer of the client that belongs to the socket before does not open the one that is still connecting', async () => {
  desk.setExtension(good)
  desk.setClient({ version: '2.0.0' })
  await start()
  desk.socket().onopen?.()
  workstation.sessionChanged()
  await pass()
  expect(workstation.view().state).toBe('connecting')
  desk.socket().onopen?.()
  await pass()
  expect(workstation.view().state).toBe('ready')
})

test('the client ends: its relay ends with it, and the next one gets a new one', async () => {
  await startReady()
  const first = desk.socket()
  desk.port().say({ type: 'client-ended', detail: 'Native host has exited.' })
  desk.port().drop()
  await pass()
  expect(first.closed).toBe(true)
  expect(workstation.view().state).toBe('connecting')
  await pass(2_000)
  desk.socket().onopen?.()
  await pass()
  expect(workstation.view().state).toBe('ready')
  expect(desk.sockets).toHaveLength(2)
})

test('U-2 check asks the client anew, and sees that the server has raised what it needs', async () => {
  await startReady()
  const first = workstation.check()
  await pass()
  expect(await first).toBe(true)
  desk.setServer({ ...needs, client: { ...needs.client, leastVersion: '2.1.0' } })
  const second = workstation.check()
  await pass()
  expect(await second).toBe(false)
  expect(workstation.view().state).toBe('client-too-old')
})

test('U-2 check does not believe a client that has stopped answering', async () => {
  await startReady()
  desk.setClient({ version: '2.0.0', silent: true })
  const checked = workstation.check()
  await pass(10_000)
  expect(await checked).toBe(false)
  expect(workstation.view().state).toBe('no-client')
})

test('without a server nothing can be checked, and it is tried again', async () => {
  desk.setServer(new Error('network'))
  await start()
  expect(workstation.view().state).toBe('server-away')
  desk.setServer(needs)
  await pass(2_000)
  expect(workstation.view().state).toBe('no-extension')
})

test('what the holder typed goes to the client under a new name, and nowhere else', async () => {
  await startReady()
  const kept = workstation.keep({ pin: '123456', newPin: '583920' })
  await pass()
  expect(await kept).toBe('6f9619ff-8b86-4d11-b42d-00cf4fc964ff')
  expect(desk.port().got.at(-1)).toEqual({
    type: 'keep',
    key: '6f9619ff-8b86-4d11-b42d-00cf4fc964ff',
    typed: { pin: '123456', newPin: '583920' },
  })
  expect(JSON.stringify([desk.sockets.map(socket => socket.sent), workstation.view()])).not.toMatch(/583920|123456/)
})

test('what cannot be a PIN is refused before the client ends the connection over it', async () => {
  await startReady()
  await expect(workstation.keep({ pin: '12ab' })).rejects.toMatchObject({ code: 'PIN_FORMAT' })
  expect(desk.port().got.some(message => message.type === 'keep')).toBe(false)
})

test('a client that goes before it has kept anything is an error, not a name', async () => {
  await startReady()
  desk.setClient({ version: '2.0.0', silent: true })
  const kept = workstation.keep({ pin: '123456' })
  desk.port().drop()
  const outcome = expect(kept).rejects.toMatchObject({ code: 'NO_ANSWER' })
  await pass(10_000)
  await outcome
  await expect(workstation.keep({ pin: '123456' })).rejects.toMatchObject({ code: 'NOT_READY' })
})

test('signing out ends the client and the relay, and nothing is tried again', async () => {
  await startReady()
  stop()
  expect([desk.port().isOpen(), desk.socket().closed]).toEqual([false, true])
  await pass(60_000)
  expect([desk.ports.length, desk.sockets.length]).toEqual([1, 1])
  expect(workstation.view()).toMatchObject({ state: 'connecting', clientVersion: null })
})
