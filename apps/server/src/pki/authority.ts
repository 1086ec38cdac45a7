import { type LocalAuthority, openLocalAuthority, publicationUrls } from '@cardwright/adapters/ca'
import { authorityFigures, createAuthorityStore, type Database, installationFact } from '@cardwright/adapters/db'
import type { SoftwareKeys } from '@cardwright/adapters/keys'
import type { routes } from '@cardwright/contract'
import type { Clock, Random } from '@cardwright/core'
import { formatName, nameOf, parseCertificate } from '@cardwright/pki'
import type { Logger } from 'pino'
import type { z } from 'zod'

export type AuthorityView = z.output<typeof routes.listAuthorities.answer>['rows'][number]

export type OpenAuthority = {
  readonly authority: LocalAuthority
  view(): Promise<AuthorityView>
}

/** Names the built-in CA in credentials and in the outbox. */
const AUTHORITY_ID = 'built-in'

/** The built-in CA: opened, or made at the first start with this address in its certificates. */
export const openAuthority = async (ports: {
  readonly database: Database
  readonly keys: SoftwareKeys
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  readonly publicUrl: string
}): Promise<OpenAuthority> => {
  const { database, keys, clock, random, log } = ports
  const store = createAuthorityStore(database.db, AUTHORITY_ID)
  const organisation = await installationFact(database.db, 'organisation')
  const name = typeof organisation === 'string' ? organisation : 'Cardwright'
  // Relying parties fetch these without TLS; behind a proxy that speaks TLS only, port 80 must lead here too.
  const urls = publicationUrls(ports.publicUrl.replace(/^https:/, 'http:'))
  const authority = await openLocalAuthority({
    id: AUTHORITY_ID,
    store,
    keys,
    clock,
    random,
    organization: nameOf(['O', name]),
    name,
    urls,
    onFailure: error => log.error(error, 'an OCSP request could not be answered'),
  })
  const { subject, notAfter } = parseCertificate(authority.issuingCertificate)
  return {
    authority,
    view: async () => {
      const crl = await authority.issuingCrl()
      const { issued, revoked, onHold } = await authorityFigures(database.db, AUTHORITY_ID)
      return {
        id: authority.id,
        name: `${name} Issuing CA`,
        subject: formatName(subject.name),
        notAfter: notAfter.toISOString(),
        issued,
        revoked,
        onHold,
        crlNumber: String(crl.number),
        crlThisUpdate: new Date(crl.thisUpdate).toISOString(),
        crlNextUpdate: new Date(crl.nextUpdate).toISOString(),
        crlUrl: urls.issuingCrl,
        ocspUrl: urls.ocsp,
        certificateUrl: urls.issuingCertificate,
      }
    },
  }
}
