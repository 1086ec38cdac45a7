import type { Issuer, Signer } from '@cardwright/pki'
import type { Responder } from './answer-ocsp.ts'
import type { LocalAuthorityOptions } from './authority-options.ts'
import type { AuthorityRecord } from './authority-store.ts'
import { abandon } from './change-status.ts'
import { completeIntent, intentOf } from './issue.ts'
import { contended } from './refused.ts'
import { encodedTbs, PURPOSE_OF, renewalTime, type Service, serviceCertificate } from './service-keys.ts'

const ATTEMPTS = 5

/**
 * Hands out content signer and OCSP responder, renewing each in time. Of several servers that renew at once one wins; the
 * others take its key and give their own certificate up.
 */
export function serviceRenewal(
  options: LocalAuthorityOptions,
  issuing: Signer,
  issuer: Issuer,
): (service: Service) => Promise<Responder> {
  const { store, keys, clock } = options
  const held = new Map<Service, { readonly open: Responder; readonly renewAt: number }>()
  const running = new Map<Service, Promise<Responder>>()

  async function open(service: Service, record: AuthorityRecord): Promise<Responder> {
    const key = record[service]
    if (!key) throw contended()
    const signer = await keys.openSigningKey(PURPOSE_OF[service], key.keyHandle)
    const opened = { certificate: key.certificate, signer }
    held.set(service, { open: opened, renewAt: renewalTime(service, key) })
    return opened
  }

  async function renew(service: Service): Promise<Responder> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const record = await store.loadAuthority()
      if (!record) throw contended()
      const key = record[service]
      if (key && clock() < renewalTime(service, key)) return open(service, record)
      // P-256 whatever the CA uses: an answer is signed for every question, and its protection ends with the 90 days.
      const algorithm = service === 'ocspResponder' ? 'ecdsa-p256-sha256' : issuing.algorithm
      const { handle, signer } = await keys.createSigningKey(PURPOSE_OF[service], algorithm)
      const { idempotencyKey, tbs } = serviceCertificate(options, service, signer, issuer)
      const intent = intentOf(idempotencyKey, tbs, encodedTbs(tbs, issuing), null)
      const { certificate } = await completeIntent(store, issuing, intent)
      const renewed = { ...record, [service]: { certificate, keyHandle: handle } }
      if (await store.replaceServices(renewed)) return open(service, renewed)
      await abandon(store, clock, { idempotencyKey, reason: 'superseded' })
    }
    throw contended()
  }

  return async service => {
    const known = held.get(service)
    if (known && clock() < known.renewAt) return known.open
    const already = running.get(service)
    if (already) return already
    const renewing = renew(service).finally(() => running.delete(service))
    running.set(service, renewing)
    return renewing
  }
}
