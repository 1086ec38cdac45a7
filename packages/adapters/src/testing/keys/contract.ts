import type { KeyReference, Keys, ManagementKeyAlgorithm } from '@cardwright/core'
import { beforeAll, describe, expect, test } from 'vitest'

const text = (value: string) => new TextEncoder().encode(value)
const LENGTH: Record<ManagementKeyAlgorithm, number> = { '3DES': 24, 'AES-128': 16, 'AES-192': 24, 'AES-256': 32 }
const ALGORITHMS = Object.keys(LENGTH) as ManagementKeyAlgorithm[]

export type KeysUnderTest = {
  readonly keys: Keys
  /** A store with another master secret. */
  readonly stranger: Keys
  /** The same master secret, opened anew. */
  reopen(): Promise<Keys>
}

/** What every implementation of the core's Keys port must do. */
export function keysContract(name: string, open: () => Promise<KeysUnderTest>): void {
  describe(`Keys: ${name}`, () => {
    let it: KeysUnderTest
    beforeAll(async () => {
      it = await open()
    })
    const individual = (change: Partial<Extract<KeyReference, { kind: 'individual' }>> = {}): KeyReference => ({
      kind: 'individual',
      identity: 'serial:12345678',
      version: 1,
      algorithm: 'AES-192',
      ...change,
    })
    const value = async (reference: KeyReference, keys: Keys = it.keys) =>
      Buffer.from(await (await keys.administrationKey(reference)).valueForCard()).toString('hex')

    describe('administration keys', () => {
      test.each(ALGORITHMS)(
        '%s has its length, is the same after reopening, and enciphers what it deciphers',
        async algorithm => {
          const reference = individual({ algorithm })
          const key = await it.keys.administrationKey(reference)
          expect(key.algorithm).toBe(algorithm)
          expect(await key.valueForCard()).toHaveLength(LENGTH[algorithm])
          expect(await value(reference, await it.reopen())).toBe(await value(reference))
          const block = new Uint8Array(algorithm === '3DES' ? 8 : 16).fill(0x5a)
          const enciphered = await key.encryptBlock(block)
          expect(enciphered).not.toEqual(block)
          expect(await key.decryptBlock(enciphered)).toEqual(block)
        },
      )

      test('differs by card, by key version, by algorithm and by master secret', async () => {
        const values = await Promise.all([
          value(individual()),
          value(individual({ identity: 'serial:12345679' })),
          value(individual({ version: 2 })),
          value(individual({ algorithm: '3DES' })),
          value(individual({ algorithm: 'AES-256' })),
          value(individual(), it.stranger),
        ])
        const starts = values.map(hex => hex.slice(0, 32))
        expect(new Set(starts).size).toBe(values.length)
      })

      test('a 3DES key has odd parity in every octet', async () => {
        const hex = await value(individual({ algorithm: '3DES' }))
        for (const octet of Buffer.from(hex, 'hex')) expect(octet.toString(2).replaceAll('0', '').length % 2).toBe(1)
      })

      test('well-known keys are what manuals print; an unknown name is an error', async () => {
        const reference = (name: string) => ({ kind: 'well-known', name, algorithm: '3DES' }) as const
        expect(await value(reference('yubico-default'))).toBe('0102030405060708'.repeat(3))
        await expect(it.keys.administrationKey(reference('no such key'))).rejects.toMatchObject({
          code: 'KEYS_UNKNOWN_KEY',
        })
      })

      test('a manufacturer key set that is not there is an error', async () => {
        const reference = { kind: 'manufacturer', keySet: 'none', identity: 'serial:1', algorithm: '3DES' } as const
        await expect(it.keys.administrationKey(reference)).rejects.toMatchObject({ code: 'KEYS_UNKNOWN_KEY' })
      })
    })

    describe('sealing', () => {
      const puk = text('12345678')

      test('what was sealed is unsealed, by the store opened anew too', async () => {
        const sealed = await it.keys.seal('puk:device-1', puk)
        expect(await it.keys.unseal('puk:device-1', sealed)).toEqual(puk)
        expect(await (await it.reopen()).unseal('puk:device-1', sealed)).toEqual(puk)
        expect(await it.keys.unseal('empty', await it.keys.seal('empty', new Uint8Array(0)))).toHaveLength(0)
      })

      test('the sealed form shows nothing and is never the same twice', async () => {
        const [one, two] = await Promise.all([it.keys.seal('c', puk), it.keys.seal('c', puk)])
        expect(one).not.toEqual(two)
        expect(Buffer.from(one).includes(Buffer.from(puk))).toBe(false)
      })

      test('another context, any octet changed, or a part cut off is KEYS_SEAL_BROKEN', async () => {
        const sealed = await it.keys.seal('puk:device-1', puk)
        const refused = expect.objectContaining({ code: expect.stringMatching(/^KEYS_(SEAL_BROKEN|UNKNOWN_KEY)$/) })
        await expect(it.keys.unseal('puk:device-2', sealed)).rejects.toMatchObject({ code: 'KEYS_SEAL_BROKEN' })
        for (let at = 0; at < sealed.length; at++) {
          const changed = sealed.map((octet, i) => (i === at ? octet ^ 1 : octet))
          await expect(it.keys.unseal('puk:device-1', changed), `octet ${at}`).rejects.toEqual(refused)
          await expect(it.keys.unseal('puk:device-1', sealed.slice(0, at)), `${at} octets`).rejects.toEqual(refused)
        }
      })

      test('another master secret does not open it', async () => {
        const sealed = await it.keys.seal('puk:device-1', puk)
        await expect(it.stranger.unseal('puk:device-1', sealed)).rejects.toMatchObject({ code: 'KEYS_UNKNOWN_KEY' })
      })
    })

    describe('MAC', () => {
      test('is the same for the same key and data, after reopening too, and differs otherwise', async () => {
        const mac = async (keys: Keys, keyName: string, data: string) =>
          Buffer.from(await keys.mac(keyName, text(data))).toString('hex')
        const own = await mac(it.keys, 'audit', 'record')
        expect(own).toHaveLength(64)
        expect(await mac(await it.reopen(), 'audit', 'record')).toBe(own)
        const others = [
          mac(it.keys, 'audit', 'recore'),
          mac(it.keys, 'token', 'record'),
          mac(it.stranger, 'audit', 'record'),
        ]
        for (const other of await Promise.all(others)) expect(other).not.toBe(own)
      })
    })
  })
}
