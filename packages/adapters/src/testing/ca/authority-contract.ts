import { generateKeyPairSync, randomUUID } from 'node:crypto'
import type { CertificateAuthority, IssueCertificate } from '@cardwright/core'
import { checkCertificate, fromHex, parseCertificate } from '@cardwright/pki'
import { beforeAll, describe, expect, test } from 'vitest'

export type Validity = 'good' | 'on hold' | 'revoked' | 'unknown'

export type AuthorityUnderTest = {
  readonly authority: CertificateAuthority
  /** The same CA as another server has it, with the same store. */
  readonly other: CertificateAuthority
  readonly now: number
  /** What relying parties are told now, by every way there is (CRL and OCSP); `unknown` when no such certificate was issued. */
  validity(serialNumber: string): Promise<Validity>
  /** How many certificates the CA ever signed for this key, valid or not. */
  certificatesFor(publicKeySpki: Uint8Array): Promise<number>
}

const DAY = 86_400_000
const spki = () =>
  new Uint8Array(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'der', type: 'spki' }))

/** What every implementation of the core's CertificateAuthority port must do. */
export function certificateAuthorityContract(name: string, open: () => Promise<AuthorityUnderTest>): void {
  describe(`CertificateAuthority: ${name}`, () => {
    let it: AuthorityUnderTest
    beforeAll(async () => {
      it = await open()
    })

    const request = (change: Partial<IssueCertificate> = {}): IssueCertificate => ({
      idempotencyKey: `${randomUUID()}:9A`,
      profile: 'piv-authentication',
      subject: {
        displayName: 'Ada Lovelace',
        givenName: 'Ada',
        familyName: 'Lovelace',
        email: 'ada@example.org',
        upn: 'ada@example.org',
        sid: 'S-1-5-21-1004336348-1177238915-682003330-512',
        employeeNumber: '1815',
        department: 'Engines',
        organisation: 'Example',
        kerberos: { principal: 'ada', realm: 'EXAMPLE.ORG' },
        cardUuid: '0f5c2b4a-9d1e-4f6a-8b3c-7d2e1f0a9b8c',
        cardholderUuid: '7b0e2c1d-5a4f-4e3b-9c8d-7e6f5a4b3c2d',
        fascN: fromHex('d4e739da739ced39ce739d836858210842108421c84210c3eb'),
      },
      publicKeySpki: spki(),
      csr: null,
      notBefore: it.now,
      notAfter: it.now + 365 * DAY,
      onHold: false,
      ...change,
    })
    const refused = expect.objectContaining({ code: 'CA_REFUSED' })

    test.each(['piv-authentication', 'digital-signature', 'key-management', 'card-authentication'] as const)(
      '%s passes every rule, with its chain',
      async profile => {
        const wanted = request({ profile })
        const { certificate, chain, serialNumber } = await it.authority.issue(wanted)
        const [issuer] = chain.map(parseCertificate)
        if (!issuer) throw new Error('no chain')
        const { email, upn, sid, kerberos } = wanted.subject
        const logOn = { ...(upn && { upn }), ...(sid && { sid }), ...(kerberos && { kerberos }) }
        const names =
          profile === 'card-authentication'
            ? {}
            : { ...(email && { email }), ...(profile === 'piv-authentication' && logOn) }
        const cardUuid = fromHex(wanted.subject.cardUuid.replaceAll('-', ''))
        const expectation = {
          profile,
          issuer,
          publicKey: wanted.publicKeySpki,
          now: new Date(it.now),
          cardUuid,
          ...names,
        }
        expect(checkCertificate(certificate, expectation)).toEqual([])
        expect(parseCertificate(certificate).serialHex.toUpperCase()).toBe(serialNumber)
        expect(await it.validity(serialNumber)).toBe('good')
      },
    )

    test('the same request gets the same certificate: again, at the same time, and from another server', async () => {
      const wanted = request()
      const first = await it.authority.issue(wanted)
      expect(await it.authority.issue(wanted)).toEqual(first)
      expect(await it.other.issue(wanted)).toEqual(first)
      const racing = request()
      const many = await Promise.all(
        Array.from({ length: 6 }, (_, i) => (i % 2 ? it.other : it.authority).issue(racing)),
      )
      for (const each of many) expect(each).toEqual(many[0])
      expect(await it.certificatesFor(racing.publicKeySpki)).toBe(1)
    })

    test('one name for two keys is refused', async () => {
      const wanted = request()
      await it.authority.issue(wanted)
      await expect(it.authority.issue({ ...wanted, publicKeySpki: spki() })).rejects.toEqual(refused)
    })

    test('what a profile cannot make is refused, with the reason', async () => {
      const tooLong = request({ notAfter: it.now + 1100 * DAY })
      await expect(it.authority.issue(tooLong)).rejects.toMatchObject({
        code: 'CA_REFUSED',
        message: expect.stringContaining('1096'),
      })
    })

    test('a request that is no request, or for another key, is refused', async () => {
      await expect(it.authority.issue(request({ csr: Uint8Array.of(0x30, 0) }))).rejects.toEqual(refused)
    })

    test('P-6: issued on hold it is never valid before it is resumed', async () => {
      const { serialNumber } = await it.authority.issue(request({ onHold: true }))
      expect(await it.validity(serialNumber)).toBe('on hold')
      await it.authority.changeStatus({ serialNumber, change: 'resume', reason: 'unspecified' })
      expect(await it.validity(serialNumber)).toBe('good')
    })

    test('hold, resume, hold, revoke: relying parties see each; repeating is success; after revoking nothing else is', async () => {
      const { serialNumber } = await it.authority.issue(request())
      const change = (what: 'hold' | 'resume' | 'revoke') =>
        it.authority.changeStatus({
          serialNumber,
          change: what,
          reason: what === 'revoke' ? 'keyCompromise' : 'certificateHold',
        })
      const steps = [
        ['resume', 'good'],
        ['hold', 'on hold'],
        ['hold', 'on hold'],
        ['resume', 'good'],
        ['hold', 'on hold'],
        ['revoke', 'revoked'],
        ['revoke', 'revoked'],
      ] as const
      for (const [what, seen] of steps) {
        await change(what)
        expect(await it.validity(serialNumber), what).toBe(seen)
      }
      await expect(change('resume')).rejects.toEqual(refused)
      await expect(change('hold')).rejects.toEqual(refused)
      expect(await it.validity(serialNumber)).toBe('revoked')
    })

    test('a serial number that was never issued is refused', async () => {
      const unknown = {
        serialNumber: '40FFFFFFFFFFFFFFFFFFFFFFFFFFFFFF',
        change: 'hold',
        reason: 'certificateHold',
      } as const
      await expect(it.authority.changeStatus(unknown)).rejects.toEqual(refused)
    })

    describe('abandon (I-15, I-17: no valid certificate without a device)', () => {
      test('after the issue: revoked, and the request is refused from then on', async () => {
        const wanted = request()
        const { serialNumber } = await it.authority.issue(wanted)
        const gone = { idempotencyKey: wanted.idempotencyKey, reason: 'superseded' } as const
        await it.other.abandon(gone)
        await it.authority.abandon(gone)
        expect(await it.validity(serialNumber)).toBe('revoked')
        await expect(it.authority.issue(wanted)).rejects.toEqual(refused)
        expect(await it.certificatesFor(wanted.publicKeySpki)).toBe(1)
      })

      test('before the issue: the late request is refused and nothing is ever signed', async () => {
        const wanted = request()
        await it.authority.abandon({ idempotencyKey: wanted.idempotencyKey, reason: 'cessationOfOperation' })
        await expect(it.other.issue(wanted)).rejects.toEqual(refused)
        expect(await it.certificatesFor(wanted.publicKeySpki)).toBe(0)
      })

      test('during the issue: whoever wins, no valid certificate is left', async () => {
        for (let round = 0; round < 20; round++) {
          const wanted = request()
          const gone = { idempotencyKey: wanted.idempotencyKey, reason: 'superseded' } as const
          const [issued] = await Promise.allSettled([it.authority.issue(wanted), it.other.abandon(gone)])
          await expect(it.authority.issue(wanted)).rejects.toEqual(refused)
          if (issued.status === 'fulfilled') expect(await it.validity(issued.value.serialNumber)).toBe('revoked')
          else expect(issued.reason).toEqual(refused)
        }
      })
    })
  })
}
