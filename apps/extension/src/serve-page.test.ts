import {
  NATIVE_HOST as CONTRACT_HOST,
  fromExtension,
  pageIntroduction,
  WORKSTATION_PROTOCOL,
} from '@cardwright/contract'
import { expect, test } from 'vitest'
import { NATIVE_HOST, PROTOCOL } from './native-host.ts'
import { type Port, servePage } from './serve-page.ts'

type Message = { readonly type: string; readonly [field: string]: unknown }

const fakePort = (origin?: string) => {
  const got: Message[] = []
  const receivers: ((message: unknown) => void)[] = []
  const closers: (() => void)[] = []
  let open = true
  const port: Port = {
    sender: origin === undefined ? {} : { origin },
    postMessage: message => {
      if (!open) throw new Error('Attempting to use a disconnected port object')
      got.push(message as Message)
    },
    disconnect: () => {
      open = false
    },
    onMessage: { addListener: receive => void receivers.push(receive) },
    onDisconnect: { addListener: closed => void closers.push(closed) },
  }
  return {
    port,
    got,
    isOpen: () => open,
    say: (message: unknown) => receivers.forEach(receive => void receive(message)),
    /** The other side goes. */
    drop: () => {
      open = false
      for (const closed of closers) closed()
    },
  }
}

const own = 'https://cards.example.org'
const connect = (origin: string | undefined = own, lastError?: string) => {
  const page = fakePort(origin)
  const client = fakePort()
  const hosts: string[] = []
  servePage(page.port, {
    origins: [own],
    version: '1.2.3',
    connectNative: host => {
      hosts.push(host)
      return client.port
    },
    lastError: () => lastError,
  })
  return { page, client, hosts }
}

test('the page hears the version, the client hears first of all which page it serves', () => {
  const { page, client, hosts } = connect()
  expect(hosts).toEqual([CONTRACT_HOST])
  expect(page.got).toEqual([{ type: 'extension', version: '1.2.3' }])
  expect(client.got).toEqual([{ type: 'page', origin: own, extensionVersion: '1.2.3' }])
  expect(pageIntroduction.parse(client.got[0])).toEqual(client.got[0])
  expect(fromExtension.parse(page.got[0])).toEqual(page.got[0])
})

test.each([
  ['another site', 'https://evil.example.org'],
  ['another port of the same host', 'https://cards.example.org:8443'],
  ['the same host without TLS', 'http://cards.example.org'],
  ['a host below it', 'https://x.cards.example.org'],
  ['a host that begins like it', 'https://cards.example.org.evil.example'],
  ['a sandboxed frame', 'null'],
])('%s is refused, and no client is started for it', (_, origin) => {
  const { page, hosts } = connect(origin)
  expect(page.got.map(message => message.type)).toEqual(['origin-refused'])
  expect(fromExtension.safeParse(page.got[0]).success).toBe(true)
  expect([page.isOpen(), hosts.length]).toEqual([false, 0])
})

test('a page whose origin the browser does not tell is refused', () => {
  const page = fakePort(undefined)
  servePage(page.port, {
    origins: [own],
    version: '1.2.3',
    connectNative: () => expect.unreachable('a client was started'),
    lastError: () => undefined,
  })
  expect(page.got.map(message => message.type)).toEqual(['origin-refused'])
})

test('everything else goes through as it is, both ways', () => {
  const { page, client } = connect()
  const messages = [
    { type: 'hello', protocol: 1 },
    { type: 'keep', key: 'k', typed: { pin: '123456' } },
  ]
  for (const message of messages) page.say(message)
  expect(client.got.slice(1)).toEqual(messages)
  const answers = [{ type: 'welcome', version: '9' }, { type: 'something new' }]
  for (const answer of answers) client.say(answer)
  expect(page.got.slice(1)).toEqual(answers)
})

test('a page that introduces itself is cut off, and the client does not hear it', () => {
  const { page, client } = connect()
  page.say({ type: 'page', origin: 'https://other.example.org', extensionVersion: '1.2.3' })
  expect([page.isOpen(), client.isOpen()]).toEqual([false, false])
  expect(client.got).toHaveLength(1)
})

test('the browser could not start the client: the page hears what it said', () => {
  const { page, client } = connect(own, 'Specified native messaging host not found.')
  client.drop()
  expect(page.got.at(-1)).toEqual({ type: 'client-missing', detail: 'Specified native messaging host not found.' })
  expect(fromExtension.parse(page.got.at(-1))).toEqual(page.got.at(-1))
  expect(page.isOpen()).toBe(false)
})

test('a client that ends after it has spoken has ended, and is not missing', () => {
  const { page, client } = connect()
  client.say({ type: 'refused', code: 'TOO_LARGE', detail: 'x' })
  client.drop()
  expect(page.got.slice(1).map(message => message.type)).toEqual(['refused', 'client-ended'])
  expect(page.isOpen()).toBe(false)
})

test('the page goes: its client ends, and nothing is said to it any more', () => {
  const { page, client } = connect()
  page.drop()
  expect(client.isOpen()).toBe(false)
  client.say({ type: 'relay-reset' })
  client.drop()
  expect(page.got).toHaveLength(1)
})

test('names that are written twice are the same', () => {
  expect([NATIVE_HOST, PROTOCOL]).toEqual([CONTRACT_HOST, WORKSTATION_PROTOCOL])
})
