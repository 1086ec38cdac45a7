import * as host from '@cardwright/card'
import { describe, expect, it } from 'vitest'
import { bytes, fromHex, toHex } from '../bytes.ts'
import { SECURE_CHANNEL_TEST_KEYS } from '../factory.ts'
import { random, testCard } from '../test-cards.ts'
import type { VirtualCard } from '../virtual-card.ts'
import { cmac, deriveKey } from './cmac.ts'

describe('AES-CMAC', () => {
  it.each([
    ['', 'BB1D6929E95937287FA37D129B756746'],
    ['6BC1BEE22E409F96E93D7E117393172A', '070A16B46B4D4144F79BDD9DD04A287C'],
    [
      '6BC1BEE22E409F96E93D7E117393172AAE2D8A571E03AC9C9EB76FAC45AF8E5130C81C46A35CE411',
      'DFA66747DE9AE63030CA32611497C827',
    ],
  ])('of “%s” (RFC 4493 §4)', (message, mac) => {
    expect(toHex(cmac(fromHex('2B7E151628AED2A6ABF7158809CF4F3C'), fromHex(message)))).toBe(mac)
  })

  it('derives the card cryptogram of a session recorded with an eUICC (pySim’s SCP03 tests)', () => {
    const context = fromHex('B13E5F938FC108C43EB51047495B249F')
    const sessionMac = deriveKey(fromHex('101112131415161718191A1B1C1D1E1F'), 0x06, 128, context)
    expect(toHex(deriveKey(sessionMac, 0x00, 64, context))).toBe('66C484C1D2EF1948')
  })
})

const { enc, mac } = SECURE_CHANNEL_TEST_KEYS
const FACTORY = host.createSecureChannelKeys(0xff, enc, mac)

async function openChannel(card: VirtualCard, keys: host.SecureChannelKeys, level: host.SecurityLevel) {
  const session = host.createSession(host.createLocalRunner(card))
  const challenge = random(8)
  const [, answer] = await session.run(host.selectSecurityDomain(), host.initializeUpdate(keys.version, challenge))
  return { session, channel: await host.openSecureChannel(keys, challenge, answer, level) }
}

describe.each([0x01, 0x03, 0x11, 0x13, 0x33] as const)('a secure channel of level %i', level => {
  it('carries commands with and without data, and answers', async () => {
    const { session, channel } = await openChannel(testCard('sp800-73'), FACTORY, level)
    const cplc = host.readProductionLifeCycle()
    const [, first, second] = await session.run(channel.authenticate, channel.wrap(cplc), channel.wrap(cplc))
    expect(first.chipSerialNumber).toBe(4_000_000_001)
    expect(second).toEqual(first)
  })

  it('replaces the maker’s keys; the old ones are refused then', async () => {
    const card = testCard('yubikey-5.7')
    const { session, channel } = await openChannel(card, FACTORY, level)
    const [a, b, c] = [random(16), random(16), random(16)]
    const put = host.putKeys({
      replaces: 0,
      version: 1,
      keys: { enc: newKey(a), mac: newKey(b), dek: newKey(c) },
      encryptWith: host.createAesKey(SECURE_CHANNEL_TEST_KEYS.dek),
      form: level === 0x33 ? 'yubikey' : 'globalplatform',
    })
    await session.run(channel.authenticate, channel.wrap(put))
    expect(card.state().securityDomain.keys).toEqual([{ version: 1, enc: a, mac: b, dek: c }])
    await expect(openChannel(card, FACTORY, level)).rejects.toMatchObject({ sw: 0x6a88 })
    const ours = await openChannel(card, host.createSecureChannelKeys(1, a, b), level)
    await ours.session.run(ours.channel.authenticate)
  })
})

describe('a secure channel refuses', () => {
  it('a host with wrong keys, and counts it for good', async () => {
    const card = testCard('sp800-73')
    await card.transmit(fromHex('00A4040008A000000151000000'))
    await card.transmit(fromHex('8050FF0008000102030405060700'))
    expect(toHex(await card.transmit(bytes(fromHex('8482010010'), new Uint8Array(16))))).toBe('6982')
    expect(card.state().securityDomain.failures).toBe(1)
    expect(toHex(await card.transmit(bytes(fromHex('8482010010'), new Uint8Array(16))))).toBe('6985')
  })

  it('a changed command, and is closed after it', async () => {
    const card = testCard('sp800-73')
    const { session, channel } = await openChannel(card, FACTORY, 0x01)
    await session.run(channel.authenticate)
    const good = host.encodeScript([channel.wrap(host.readProductionLifeCycle())]).steps[0]?.apdus[0] ?? ''
    const apdu = fromHex(good)
    apdu[3] = (apdu[3] ?? 0) ^ 1
    expect(toHex(await card.transmit(apdu))).toBe('6988')
    expect(toHex(await card.transmit(fromHex(good)))).toBe('6882')
  })

  it('PUT KEY outside of it', async () => {
    const card = testCard('sp800-73')
    await card.transmit(fromHex('00A4040008A000000151000000'))
    expect(toHex(await card.transmit(fromHex('80D800810101')))).toBe('6982')
  })
})

function newKey(key: Uint8Array): host.NewKey {
  return { bytes: key, key: host.createAesKey(key) }
}
