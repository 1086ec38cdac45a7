import * as host from '@cardwright/card'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from './bytes.ts'
import { createRsaKeyPool } from './key-pool.ts'
import type { PowerCut } from './memory.ts'
import { factoryCipher, now, random, testCard } from './test-cards.ts'
import { runVirtualCard } from './virtual-card.ts'

const SELECT = fromHex('00A4040005A000000308')
const CHANGE_PIN = fromHex('0024008010313233343536FFFF363534333231FFFF')
const WRONG_PIN = fromHex('0020008008393939393939FFFF')

describe('power cuts', () => {
  it.each([
    [1, 'before', 3, '313233343536FFFF'],
    [1, 'after', 2, '313233343536FFFF'],
    [2, 'before', 2, '313233343536FFFF'],
    [2, 'after', 3, '313233343536FFFF'],
    [3, 'before', 3, '313233343536FFFF'],
    [3, 'after', 3, '363534333231FFFF'],
  ] as const)('effect %i, %s: PIN change is whole or not at all', async (n, variant: PowerCut, left, pin) => {
    const card = testCard('yubikey-5.7')
    await card.transmit(SELECT)
    card.cutPowerAfter(n, variant)
    await expect(card.transmit(CHANGE_PIN)).rejects.toMatchObject({ code: 'CARD_REMOVED' })
    expect(card.powered).toBe(false)
    await expect(card.transmit(SELECT)).rejects.toMatchObject({ code: 'CARD_REMOVED' })
    expect(card.state().piv.pin.left).toBe(left)
    expect(toHex(card.state().piv.pin.value)).toBe(pin)
    card.powerOn()
    expect(toHex(await card.transmit(SELECT))).toMatch(/9000$/)
  })

  it('never give a free try: cut after the counter went down, each wrong PIN is still counted', async () => {
    const card = testCard('yubikey-5.7')
    for (let left = 2; left >= 0; left--) {
      card.powerOn()
      await card.transmit(SELECT)
      card.cutPowerAfter(1, 'after')
      await expect(card.transmit(WRONG_PIN)).rejects.toThrow(host.CardError)
      expect(card.state().piv.pin.left).toBe(left)
    }
  })

  it('number and name each effect, once', async () => {
    const card = testCard('yubikey-5.7')
    const seen: string[] = []
    const stop = card.onEffect(effect => seen.push(`${effect.number} ${effect.name}`))
    await card.transmit(SELECT)
    await card.transmit(CHANGE_PIN)
    stop()
    await card.transmit(WRONG_PIN)
    expect(seen).toEqual(['1 pin.counter-down', '2 pin.counter-full', '3 pin.change'])
    expect(card.effects()).toBe(4)
  })

  it('a card pulled while it makes a key has no key', async () => {
    const card = testCard('yubikey-5.7')
    const pool = createRsaKeyPool()
    let pull = () => {}
    const slow = {
      take(bits: number) {
        pull()
        return pool.take(bits)
      },
    }
    await pool.fill(2048, 1)
    const slowCard = runVirtualCard(card.state(), { random, now, keyPool: slow })
    pull = () => slowCard.powerOff()
    await slowCard.transmit(SELECT)
    await authenticate(slowCard)
    await expect(slowCard.transmit(fromHex('0047009A05AC0380010700'))).rejects.toMatchObject({ code: 'CARD_REMOVED' })
    expect(slowCard.state().piv.keys['9A']).toBeUndefined()
    expect(pool.left(2048)).toBe(0)
  })

  it('a full disk: the card answers 6581, tells why, and is as it was', async () => {
    const causes: unknown[] = []
    const full = new Error('ENOSPC')
    const card = runVirtualCard(testCard('yubikey-5.7').state(), {
      random,
      now,
      persist: () => Promise.reject(full),
      onStoreError: cause => causes.push(cause),
    })
    await card.transmit(SELECT)
    expect(toHex(await card.transmit(CHANGE_PIN))).toBe('6581')
    expect(causes).toEqual([full])
    expect(card.state().piv.pin.left).toBe(3)
    expect(card.effects()).toBe(0)
  })

  it('show exchanges with secrets blanked', async () => {
    const seen: string[] = []
    const card = runVirtualCard(testCard('yubikey-5.7').state(), {
      random,
      now,
      onExchange: ({ command, answer }) => seen.push(`${command} ${answer}`),
    })
    await card.transmit(SELECT)
    await card.transmit(CHANGE_PIN)
    expect(seen.join()).toContain('9000')
    expect(seen.join()).not.toContain('313233343536')
  })
})

async function authenticate(card: host.ApduTransport): Promise<void> {
  const session = host.createSession(host.createLocalRunner(card))
  const cipher = factoryCipher('yubikey-5.7')
  const [witness] = await session.run(host.requestWitness('AES-192'))
  await session.run(await host.authenticateMutually(cipher, witness, random(16)))
}
