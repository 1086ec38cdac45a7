import { createECDH, createHash, randomBytes, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { bytes, fromHex, toHex } from './bytes.ts'
import { encryptBlock } from './crypto.ts'
import { type ModelName, YUBICO_ADMINISTRATION_KEY } from './models.ts'
import { findValue, parseOnly, parseTlvs, tlv } from './tlv.ts'
import { createVirtualCard, type VirtualCard } from './virtual-card.ts'

const PLAIN_KEY = fromHex('00112233445566778899AABBCCDDEEFF')
const random = (length: number) => new Uint8Array(randomBytes(length))
const now = () => new Date('2026-01-01T00:00:00Z')

function card(model: ModelName, serial = 4_000_000_001): VirtualCard {
  return createVirtualCard({
    model,
    serial,
    random,
    now,
    ...(model === 'sp800-73' ? { administrationKey: { algorithm: 0x08, key: PLAIN_KEY } } : {}),
  })
}

async function send(target: VirtualCard, hex: string): Promise<string> {
  return toHex(await target.transmit(fromHex(hex.replaceAll(' ', ''))))
}

/** Sends in blocks of 255 and follows 61xx, as any host does. */
async function exchange(
  target: VirtualCard,
  header: string,
  data: Uint8Array,
): Promise<{ data: Uint8Array; sw: string }> {
  let rest: Uint8Array = data
  const tail = fromHex(header).subarray(1)
  while (rest.length > 255) {
    expect(toHex(await target.transmit(bytes(0x10, tail, 255, rest.slice(0, 255))))).toBe('9000')
    rest = rest.slice(255)
  }
  let answer: Uint8Array = await target.transmit(bytes(0x00, tail, rest.length, rest, 0))
  let collected: Uint8Array = answer.slice(0, -2)
  while (answer.at(-2) === 0x61) {
    answer = await target.transmit(bytes(0x00, 0xc0, 0, 0, answer.at(-1) ?? 0))
    collected = bytes(collected, answer.slice(0, -2))
  }
  return { data: collected, sw: toHex(answer.slice(-2)) }
}

async function administrate(target: VirtualCard, algorithm: number, key: Uint8Array): Promise<string> {
  const p1 = toHex(Uint8Array.of(algorithm))
  const first = await exchange(target, `0087${p1}9B`, tlv(0x7c, tlv(0x81)))
  const challenge = findValue(0x81, parseTlvs(parseOnly(0x7c, first.data) ?? bytes()) ?? []) ?? bytes()
  return (await exchange(target, `0087${p1}9B`, tlv(0x7c, tlv(0x82, encryptBlock(algorithm, key, challenge))))).sw
}

describe('selection', () => {
  it('answers a YubiKey with the PIX only, a plain card with the whole AID', async () => {
    expect(await send(card('yubikey-5.7'), '00A40400 05 A000000308')).toBe('61114F0600001000010079074F05A0000003089000')
    expect(await send(card('sp800-73'), '00A40400 05 A000000308')).toBe('6A82')
    expect(await send(card('sp800-73'), '00A40400 09 A00000030800001000 00')).toMatch(/^61.{2}4F0BA0000003080000100001/)
  })

  it('keeps PIV and its status when the AID is unknown, clears it for another application', async () => {
    const target = card('yubikey-5.7')
    await send(target, '00A40400 05 A000000308')
    expect(await send(target, '00200080 08 313233343536FFFF')).toBe('9000')
    expect(await send(target, '00A40400 05 A000000999')).toBe('6A82')
    expect(await send(target, '00200080')).toBe('9000')
    await send(target, '00A40400 08 A000000527471117')
    await send(target, '00A40400 05 A000000308')
    expect(await send(target, '00200080')).toBe('63C3')
  })
})

describe('serial numbers', () => {
  it('come back unsigned above 2^31, by command or by CPLC', async () => {
    const yubikey = card('yubikey-5.2')
    await send(yubikey, '00A40400 05 A000000308')
    expect(await send(yubikey, '00F80000 00')).toBe('EE6B28019000')
    const plain = card('sp800-73')
    expect(await send(plain, '00A40400 08 A000000151000000')).toMatch(/9000$/)
    expect(await send(plain, '80CA9F7F 00')).toMatch(/^9F7F2A.{24}EE6B2801.{52}9000$/)
  })
})

describe('keys', () => {
  it.each([
    ['yubikey-5.7', 0x0a, YUBICO_ADMINISTRATION_KEY],
    ['yubikey-5.2', 0x03, YUBICO_ADMINISTRATION_KEY],
    ['sp800-73', 0x08, PLAIN_KEY],
  ] as const)('%s makes a P-256 key and signs a digest with it', async (model, algorithm, key) => {
    const target = card(model)
    await send(target, '00A40400 09 A00000030800001000')
    expect(await send(target, '0047009A 05 AC03800111')).toBe('6982')
    expect(await administrate(target, algorithm, key)).toBe('9000')
    const made = await exchange(target, '0047009A', fromHex('AC03800111'))
    const point = findValue(0x86, parseTlvs(parseOnly(0x7f49, made.data) ?? bytes()) ?? []) ?? bytes()
    const digest = createHash('sha256').update('message').digest()
    const template = tlv(0x7c, tlv(0x82), tlv(0x81, digest))
    expect((await exchange(target, '0087119A', template)).sw).toBe('6982')
    expect(await send(target, '00200080 08 313233343536FFFF')).toBe('9000')
    const signed = await exchange(target, '0087119A', template)
    const signature = findValue(0x82, parseTlvs(parseOnly(0x7c, signed.data) ?? bytes()) ?? []) ?? bytes()
    const spki = bytes(fromHex('3059301306072A8648CE3D020106082A8648CE3D030107034200'), point)
    const publicKey = { key: Buffer.from(spki), format: 'der', type: 'spki' } as const
    expect(verify('sha256', Buffer.from('message'), publicKey, signature)).toBe(true)
    expect(verify('sha256', Buffer.from('massage'), publicKey, signature)).toBe(false)
  })

  it('agrees on the same secret as the other side, with 9D only on a plain card', async () => {
    const target = card('sp800-73')
    await send(target, '00A40400 09 A00000030800001000')
    await administrate(target, 0x08, PLAIN_KEY)
    const made = await exchange(target, '0047009D', fromHex('AC03800114'))
    await exchange(target, '0047009A', fromHex('AC03800114'))
    const point = findValue(0x86, parseTlvs(parseOnly(0x7f49, made.data) ?? bytes()) ?? []) ?? bytes()
    const host = createECDH('secp384r1')
    const template = tlv(0x7c, tlv(0x82), tlv(0x85, host.generateKeys()))
    await send(target, '00200080 08 313233343536FFFF')
    const answer = await exchange(target, '0087149D', template)
    expect(toHex(answer.data)).toBe(toHex(tlv(0x7c, tlv(0x82, host.computeSecret(point)))))
    expect((await exchange(target, '0087149A', template)).sw).toBe('6A80')
  })
})
