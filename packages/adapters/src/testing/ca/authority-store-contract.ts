import { beforeEach, describe, expect, test } from 'vitest'
import type { AuthorityRecord, AuthorityStore, CertificateRecord } from '../../ca/index.ts'

const octets = (...values: number[]) => Uint8Array.from(values)
const authority = (fill: number): AuthorityRecord => ({
  version: 1,
  root: { certificate: octets(fill, 1), keyHandle: octets(fill, 2) },
  issuing: { certificate: octets(fill, 3), keyHandle: octets(fill, 4) },
  contentSigner: null,
  ocspResponder: null,
})
const record = (change: Partial<CertificateRecord> = {}): CertificateRecord => ({
  idempotencyKey: 'issuance-1:9A:key',
  version: 1,
  serialNumber: '4A01',
  publicKeySpki: octets(9),
  tbs: octets(1, 2, 3),
  certificate: null,
  status: 'GOOD',
  reason: null,
  statusSince: null,
  notAfter: 2_000_000_000_000,
  ...change,
})
const revocation = { status: 'REVOKED', reason: 'keyCompromise', statusSince: 1_800_000_000_000 } as const

/** What every store of the built-in CA must do. `open` answers a fresh, empty store each time. */
export function authorityStoreContract(name: string, open: () => Promise<AuthorityStore>): void {
  describe(`AuthorityStore: ${name}`, () => {
    let store: AuthorityStore
    beforeEach(async () => {
      store = await open()
    })

    test('the first CA stays, and its services change only from the version that was read', async () => {
      expect(await store.loadAuthority()).toBeNull()
      const made = await Promise.all([1, 2, 3].map(fill => store.createAuthority(authority(fill))))
      const stored = await store.loadAuthority()
      expect(made).toEqual([stored, stored, stored])
      if (!stored) throw new Error('no CA')
      const service = { certificate: octets(7), keyHandle: octets(8) }
      const wanted = { ...stored, contentSigner: service }
      const won = await Promise.all([store.replaceServices(wanted), store.replaceServices(wanted)])
      expect(won.toSorted()).toEqual([false, true])
      expect(await store.loadAuthority()).toEqual({ ...wanted, version: 2 })
    })

    test('of many intents with one key the first stays and all are told so', async () => {
      const wanted = Array.from({ length: 8 }, (_, i) => record({ serialNumber: `4A0${i}` }))
      const told = await Promise.all(wanted.map(each => store.intend(each)))
      const stored = await store.find('issuance-1:9A:key')
      expect(wanted).toContainEqual(stored)
      for (const each of told) expect(each).toEqual(stored)
      const found = await store.findSerialNumbers(wanted.map(({ serialNumber }) => serialNumber ?? ''))
      expect(found).toEqual([stored])
    })

    test('a record is saved only from the version that was read', async () => {
      const stored = await store.intend(record())
      const evidence = [octets(1), octets(2), octets(3)]
      const won = await Promise.all(evidence.map(certificate => store.save({ ...stored, certificate })))
      expect(won.filter(Boolean)).toHaveLength(1)
      const now = await store.find(stored.idempotencyKey)
      expect(now).toEqual({ ...stored, version: 2, certificate: evidence[won.indexOf(true)] })
      expect(await store.save(record({ idempotencyKey: 'never intended' }))).toBe(false)
    })

    test('every field comes back as it was stored, with and without its values', async () => {
      const full = record({ certificate: octets(5), ...revocation, notAfter: 2_000_000_000_123 })
      const empty = record({
        idempotencyKey: 'none',
        serialNumber: null,
        publicKeySpki: null,
        tbs: null,
        ...revocation,
        notAfter: 0,
      })
      for (const each of [full, empty]) {
        await store.intend(each)
        expect(await store.find(each.idempotencyKey)).toEqual(each)
      }
      expect(await store.findSerialNumbers(['4A01', '4A02'])).toEqual([full])
      expect(await store.findSerialNumbers([])).toEqual([])
    })

    test('what a CRL lists: not good, asked for, and not expired before the given moment', async () => {
      await store.intend(record())
      await store.intend(record({ idempotencyKey: 'b', serialNumber: '4B', ...revocation }))
      await store.intend(
        record({
          idempotencyKey: 'c',
          serialNumber: '4C',
          ...revocation,
          status: 'ON_HOLD',
          reason: 'certificateHold',
        }),
      )
      await store.intend(
        record({ idempotencyKey: 'd', serialNumber: '4D', ...revocation, notAfter: 1_900_000_000_000 }),
      )
      await store.intend(record({ idempotencyKey: 'e', serialNumber: null, ...revocation }))
      const serials = async (from: number) => (await store.revoked(from)).map(each => each.serialNumber).toSorted()
      expect(await serials(0)).toEqual(['4B', '4C', '4D'])
      expect(await serials(1_900_000_000_000)).toEqual(['4B', '4C', '4D'])
      expect(await serials(1_900_000_000_001)).toEqual(['4B', '4C'])
    })

    test('the revision rises with every change of what is revoked, and only then', async () => {
      const start = await store.revision()
      const stored = await store.intend(record())
      await store.save({ ...stored, certificate: octets(1) })
      expect(await store.revision()).toBe(start)
      let last = start
      for (const change of [
        { ...revocation, status: 'ON_HOLD' },
        { status: 'GOOD', reason: null, statusSince: null },
        revocation,
      ] as const) {
        const now = await store.find(stored.idempotencyKey)
        if (!now) throw new Error('the record is gone')
        await store.save({ ...now, ...change })
        expect(await store.revision(), change.status).toBeGreaterThan(last)
        last = await store.revision()
      }
      await store.intend(
        record({ idempotencyKey: 'held from the start', serialNumber: '4F', ...revocation, status: 'ON_HOLD' }),
      )
      expect(await store.revision()).toBeGreaterThan(last)
    })

    test('CRL numbers rise by one in each scope, and one maker wins each', async () => {
      const crl = (number: number, fill: number) => ({
        number,
        revision: 3,
        der: octets(fill),
        thisUpdate: 1_800_000_000_000,
        nextUpdate: 1_800_600_000_000,
      })
      expect(await store.latestCrl('issuing')).toBeNull()
      const won = await Promise.all([store.addCrl('issuing', crl(1, 1)), store.addCrl('issuing', crl(1, 2))])
      expect(won.toSorted()).toEqual([false, true])
      expect(await store.addCrl('issuing', crl(3, 3))).toBe(false)
      expect(await store.addCrl('issuing', crl(2, 4))).toBe(true)
      expect(await store.latestCrl('issuing')).toEqual(crl(2, 4))
      expect(await store.latestCrl('root')).toBeNull()
      expect(await store.addCrl('root', crl(1, 5))).toBe(true)
    })
  })
}
