import { generateKeyPair, randomBytes, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { type AuthorityStore, type LocalAuthority, openLocalAuthority, publicationUrls } from '@cardwright/adapters/ca'
import { createSoftwareKeys, masterSecret } from '@cardwright/adapters/keys'
import { createMemoryAuthorityStore } from '@cardwright/adapters/testing/ca'
import type { IssueCertificate } from '@cardwright/core'
import { nameOf } from '@cardwright/pki'

const YEAR = 365 * 86_400_000

/** The built-in CA as a server has it, its store in memory: P-384 for the CAs, P-256 for OCSP. */
export async function benchAuthority(): Promise<{ authority: LocalAuthority; store: AuthorityStore }> {
  const store = createMemoryAuthorityStore()
  const authority = await openLocalAuthority({
    id: 'local',
    store,
    keys: createSoftwareKeys(masterSecret(new Uint8Array(32).fill(7)), []),
    clock: () => Date.now(),
    random: n => new Uint8Array(randomBytes(n)),
    organization: nameOf(['O', 'Example Ltd']),
    name: 'Example',
    urls: publicationUrls('http://localhost:8420'),
    onFailure: error => console.error(error),
  })
  return { authority, store }
}

/** Requests for PIV authentication certificates, each with a P-256 key of its own. */
export function certificateRequests(count: number): Promise<IssueCertificate[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const pair = await promisify(generateKeyPair)('ec', { namedCurve: 'P-256' })
      return {
        idempotencyKey: randomUUID(),
        profile: 'piv-authentication',
        subject: {
          displayName: `User ${i}`,
          givenName: null,
          familyName: null,
          email: `user${i}@example.org`,
          upn: `user${i}@example.org`,
          sid: 'S-1-5-21-1-2-3-1000',
          employeeNumber: null,
          department: null,
          organisation: 'Example Ltd',
          kerberos: { principal: `user${i}`, realm: 'EXAMPLE.ORG' },
          cardUuid: randomUUID(),
          cardholderUuid: randomUUID(),
          fascN: new Uint8Array(Buffer.from('D4E739DA739CED39CE739D836858210842108421C84210C3EB', 'hex')),
        },
        publicKeySpki: new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' })),
        csr: null,
        notBefore: Date.now(),
        notAfter: Date.now() + YEAR,
        onHold: false,
      } satisfies IssueCertificate
    }),
  )
}
