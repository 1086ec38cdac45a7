import { ANY_STATUS, encodeScript, putData, selectPiv, verifyTypedPin } from '@cardwright/card'
import { WORKSTATION_PROTOCOL } from '@cardwright/contract'
import { CHUNK_LENGTH } from '@cardwright/relay'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { configured, EXTENSION, ORIGIN, READER, startHost } from './page.fixture.ts'

const SESSION = '0b6f2a3e-5d0c-4b8f-9a51-6c2f1d7e8a90'
const KEY = '7c9e6679-7425-40de-944b-e07fc1f90ae7'

/** A host that has let the page in and opened the card for SESSION. */
const opened = async (kept?: string, wrap?: Parameters<typeof startHost>[0]) => {
  const host = startHost(wrap)
  const { page } = host
  page.introduce()
  await page.next('welcome')
  if (kept !== undefined) {
    page.send({ type: 'keep', key: KEY, typed: { pin: kept } })
    expect(await page.next('kept')).toEqual({ type: 'kept', key: KEY })
  }
  const insertion = await host.insertion()
  const key = kept === undefined ? {} : { kept: KEY }
  page.relay({ type: 'open', message: 1, session: SESSION, readerId: READER, insertion, ...key })
  await page.nextRelayed('opened')
  return host
}

describe('who may speak with the client', () => {
  test('a page that it was installed for is welcomed', async () => {
    const { page, input, ended } = startHost()
    page.introduce()
    expect(await page.next('welcome')).toEqual({
      type: 'welcome',
      protocol: WORKSTATION_PROTOCOL,
      version: '1.2.3',
      platform: 'linux',
      pcsc: { available: true },
      printers: [],
      printersSupported: true,
    })
    input.end()
    await ended
  })

  test.each([
    ['another origin', {}, 'https://evil.example', 'ORIGIN_NOT_ALLOWED'],
    ['the same name without TLS', {}, 'http://cards.example.org', 'ORIGIN_NOT_ALLOWED'],
    ['another port', {}, `${ORIGIN}:8443`, 'ORIGIN_NOT_ALLOWED'],
    ['a longer name', {}, `${ORIGIN}.evil.example`, 'ORIGIN_NOT_ALLOWED'],
    ['an address instead of an origin', {}, `${ORIGIN}/`, 'MESSAGE_INVALID'],
    [
      'another extension',
      { caller: `chrome-extension://${EXTENSION.replace('a', 'b')}/` },
      ORIGIN,
      'EXTENSION_NOT_ALLOWED',
    ],
    ['no extension', { caller: `chrome-extension://` }, ORIGIN, 'EXTENSION_NOT_ALLOWED'],
    [
      'anybody, while there is no configuration',
      { configuration: { ok: false, problem: 'client.json: it is missing.', file: 'client.json' } as const },
      ORIGIN,
      'CLIENT_NOT_CONFIGURED',
    ],
  ])('%s is refused, and the client ends', async (_, change, origin, code) => {
    const { page, ended } = startHost(change)
    page.introduce(origin)
    expect(await page.next('refused')).toMatchObject({ code })
    await ended
    expect(page.rest()).toEqual([])
  })

  test("the extension's own page is served, but has no relay; another extension's is not", async () => {
    const own = startHost()
    own.page.introduce(`chrome-extension://${EXTENSION}`)
    await own.page.next('welcome')
    own.page.send({ type: 'readers' })
    expect((await own.page.next('readers')).readers).toHaveLength(1)
    own.page.relay({ type: 'watch-readers', message: 1 })
    expect(await own.page.next('refused')).toMatchObject({ code: 'MESSAGE_INVALID' })
    await own.ended
    const other = startHost()
    other.page.introduce(`chrome-extension://${EXTENSION.replace('a', 'b')}`)
    expect(await other.page.next('refused')).toMatchObject({ code: 'ORIGIN_NOT_ALLOWED' })
    await other.ended
  })

  test('a page that does not say who it is, or not hello, is refused', async () => {
    const nameless = startHost()
    nameless.page.send({ type: 'hello', protocol: 1 })
    expect(await nameless.page.next('refused')).toMatchObject({ code: 'MESSAGE_INVALID' })
    await nameless.ended
    const rude = startHost()
    rude.page.send({ type: 'page', origin: ORIGIN, extensionVersion: '1' })
    rude.page.send({ type: 'readers' })
    expect(await rude.page.next('refused')).toMatchObject({ code: 'MESSAGE_INVALID' })
    await rude.ended
  })

  test('U-2: a page that is too new for this client hears so', async () => {
    const { page, ended } = startHost()
    page.send({ type: 'page', origin: ORIGIN, extensionVersion: '1' })
    page.send({ type: 'hello', protocol: WORKSTATION_PROTOCOL + 1 })
    expect(await page.next('refused')).toMatchObject({ code: 'PROTOCOL_TOO_NEW' })
    await ended
  })
})

describe('bad input', () => {
  test.each([
    ['an unknown message', { type: 'run', apdu: '00A40400' }, 'MESSAGE_INVALID'],
    ['an unknown field', { type: 'readers', also: 1 }, 'MESSAGE_INVALID'],
    ['a PIN of letters', { type: 'keep', key: KEY, typed: { pin: 'abcdef' } }, 'MESSAGE_INVALID'],
    [
      'a second introduction',
      { type: 'page', origin: 'https://evil.example', extensionVersion: '1' },
      'MESSAGE_INVALID',
    ],
    ['a part too many', { type: 'relay', chunk: { id: 0, part: 1, parts: 2, text: '' } }, 'RELAY_BROKEN'],
    [
      'a relay message that breaks the contract',
      { type: 'relay', chunk: { id: 0, part: 0, parts: 1, text: '{}' } },
      'RELAY_BROKEN',
    ],
    ['a message above the limit', { type: 'relay', text: 'x'.repeat(1024 * 1024) }, 'TOO_LARGE'],
  ])('%s is refused and ends the client, cards and all', async (_, message, code) => {
    const { page, readers, ended } = await opened()
    page.send(message)
    expect(await page.next('refused')).toMatchObject({ code })
    await ended
    await (await readers.connect(READER)).close()
  })

  test('any bytes end in a refusal or in silence; nothing throws and nothing reaches the card', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 5 }), async parts => {
        const { input, ended, card } = startHost()
        for (const part of parts) input.write(part)
        input.end()
        await ended
        expect(card.effects()).toBe(0)
      }),
      { numRuns: 50 },
    )
  })
})

describe('the relay', () => {
  test('I-7: a script is run with what the holder typed, which is in no answer and in no log', async () => {
    const { page, events, input, ended } = await opened('123456')
    page.relay({
      type: 'run',
      message: 2,
      session: SESSION,
      script: asSent(encodeScript([selectPiv(), verifyTypedPin()])),
    })
    const { result } = await page.nextRelayed('ran')
    expect(result.results.map(({ sw }) => sw)).toEqual(['9000', '9000'])
    input.end()
    await ended
    expect(JSON.stringify([events, page.rest()])).not.toMatch(/123456|313233343536/)
    expect(events.join()).toMatch(/script of 2 steps/)
  })

  test('a hostile application is refused with its reason, and the card hears nothing', async () => {
    const { page, input, ended } = await opened()
    const steps = [{ command: 'emv', apdus: ['00A4040007A000000003101000'], accept: [ANY_STATUS] }]
    page.relay({ type: 'run', message: 2, session: SESSION, script: { steps } })
    expect(await page.nextRelayed('failed')).toMatchObject({
      code: 'SCRIPT_REFUSED',
      detail: expect.stringMatching(/A0000000031010/),
    })
    input.end()
    await ended
  })

  test('texts that are longer than a native message go through in parts, both ways', async () => {
    const answer = new Uint8Array(42_000)
    answer.set([0x90, 0x00], answer.length - 2)
    const { page, input, ended } = await opened(undefined, {
      wrap: readers => ({
        ...readers,
        connect: async id => ({ ...(await readers.connect(id)), transmit: async () => answer }),
      }),
    })
    const writes = Array.from({ length: 20 }, () => putData(0x5fc105, new Uint8Array(30_000)))
    const script = encodeScript([selectPiv(), ...writes], { kind: 'extended', maxApdu: 65_544 })
    expect(JSON.stringify(script).length).toBeGreaterThan(7 * CHUNK_LENGTH)
    page.relay({ type: 'run', message: 2, session: SESSION, script: asSent(script) })
    const { result } = await page.nextRelayed('ran')
    expect(result.results).toHaveLength(21)
    expect(JSON.stringify(result).length).toBeGreaterThan(1024 * 1024)
    input.end()
    await ended
  })

  test('another connection to the server: the cards of the old one are let go before the page hears of it', async () => {
    const { page, readers, input, ended, insertion } = await opened()
    page.send({ type: 'relay-reset' })
    await page.next('relay-reset')
    await (await readers.connect(READER)).close()
    page.relay({ type: 'open', message: 1, session: SESSION, readerId: READER, insertion: await insertion() })
    await page.nextRelayed('opened')
    input.end()
    await ended
  })
})

describe('when the browser goes', () => {
  test('a command that runs is left to end, then the card is let go, then the client ends', async () => {
    const gate = Promise.withResolvers<void>()
    const started = Promise.withResolvers<void>()
    const done: string[] = []
    const { page, input, ended } = await opened(undefined, {
      wrap: readers => ({
        ...readers,
        connect: async id => ({
          ...(await readers.connect(id)),
          transmit: async () => {
            started.resolve()
            await gate.promise
            done.push('answered')
            return Uint8Array.of(0x90, 0x00)
          },
          close: async () => void done.push('closed'),
        }),
      }),
    })
    page.relay({ type: 'run', message: 2, session: SESSION, script: asSent(encodeScript([selectPiv()])) })
    await started.promise
    input.end()
    gate.resolve()
    await ended
    expect(done).toEqual(['answered', 'closed'])
  })

  test('half a frame ends quietly', async () => {
    const { page, input, ended } = startHost({ configuration: configured })
    input.end(Uint8Array.of(9, 0, 0, 0, 0x22))
    await ended
    expect(page.rest()).toEqual([])
  })
})

const asSent = (script: ReturnType<typeof encodeScript>) => JSON.parse(JSON.stringify(script))
