import { changeCredentials } from '../credential/change-credentials.flow.ts'
import type { Credential } from '../credential/credential.ts'
import { RefusalError, refuse } from '../outcome/refusal.ts'
import type { User } from '../people/user.ts'
import type { Layout, SlotLayout } from '../policy/layout.ts'
import type { CertificateSubject, IssueCertificate } from '../ports/certificate-authority.ts'
import { certificateExpectation, checkAnswer, describeCertificate, sha256Hex } from './certificate-of-slot.ts'
import { fascNOf } from './identity-of-card.ts'
import type { CertificateIntent, Issuance, KeyEvidence } from './issuance.ts'
import type { IssuancePorts } from './issuance-ports.ts'
import type { Ledger } from './ledger.flow.ts'

const DAY = 86_400_000
/** Clocks of relying parties run late; a certificate that is not yet valid locks its holder out. */
const BACKDATE = 5 * 60_000

const kerberosOf = (upn: string | null): CertificateSubject['kerberos'] => {
  const [principal, domain] = upn?.split('@') ?? []
  return principal && domain ? { principal, realm: domain.toUpperCase() } : null
}

const subjectOf = (user: User, issuance: Issuance, organisation: string): CertificateSubject => ({
  displayName: user.displayName,
  givenName: user.givenName,
  familyName: user.familyName,
  email: user.email,
  upn: user.upn,
  sid: user.sid,
  employeeNumber: user.employeeNumber,
  department: user.department,
  kerberos: kerberosOf(user.upn),
  organisation,
  cardUuid: issuance.cardUuid,
  cardholderUuid: user.cardholderUuid,
  fascN: fascNOf(issuance),
})

const keyOf = (issuance: Issuance, slot: string): KeyEvidence => {
  const key = issuance.keys.find(k => k.slot === slot)
  if (!key) throw new RefusalError(refuse('CARD_KEY_MISMATCH', { slot }))
  return key
}

/** Names the thing, not the attempt: a retry with the same key gets the same certificate. */
export const idempotencyKey = (issuanceId: string, slot: string, publicKeySpki: Uint8Array): string =>
  `${issuanceId}:${slot}:${sha256Hex(publicKeySpki)}`

/**
 * Keys that a retry had to make anew leave certificates behind that no device has. They end before new ones are asked
 * for, so that there never are two valid ones. What is stored ends first, with its wish to the CA, so that no failure on
 * the way leaves a certificate valid here that is revoked there; their intents stay until the CA has answered.
 */
const abandonStale = async (ports: IssuancePorts, ledger: Ledger): Promise<void> => {
  const { issuance } = ledger
  const wanted = new Set(issuance.keys.map(k => idempotencyKey(issuance.id, k.slot, k.publicKeySpki)))
  const stale = issuance.intents.filter(i => !wanted.has(i.idempotencyKey))
  if (stale.length === 0) return
  await ledger.save({}, undefined, async tx => {
    const ended = await changeCredentials(
      tx,
      { id: ledger.device.id, userId: issuance.userId },
      { event: 'revoke', reasonOf: () => 'superseded', only: c => stale.some(i => i.credentialId === c.id) },
    )
    for (const { slot, serialNumber } of ended)
      await tx.audit({ ...ledger.fact('credential.revoked', 'SUCCESS', { slot, serialNumber }), reason: 'superseded' })
  })
  for (const intent of stale)
    await ports.authority.abandon({ idempotencyKey: intent.idempotencyKey, reason: 'superseded' })
  await ledger.save({ intents: issuance.intents.filter(i => !stale.includes(i)) })
}

/** Intent before effect: after this no certificate can come to be that the store does not know of. */
const intend = async (ledger: Ledger, slots: readonly SlotLayout[]): Promise<void> => {
  const { issuance } = ledger
  const missing = slots
    .map((s): CertificateIntent => {
      const { publicKeySpki } = keyOf(issuance, s.slot)
      return { slot: s.slot, idempotencyKey: idempotencyKey(issuance.id, s.slot, publicKeySpki), credentialId: null }
    })
    .filter(i => !issuance.intents.some(known => known.idempotencyKey === i.idempotencyKey))
  if (missing.length > 0) await ledger.save({ intents: [...issuance.intents, ...missing] })
}

export type SlotCertificate = { readonly slot: string; readonly certificate: Uint8Array }

/**
 * Asks the CA for each slot's certificate, checks it against the profile rules whichever CA made it, and stores the
 * credential. All slots at once; what came is stored even if another slot failed. A wrong certificate is never stored: it may
 * be a stranger's, and only the CA knows what it did under our name; that ends by name, as stale or with a Cancel.
 */
export const certify = async (
  ports: IssuancePorts,
  ledger: Ledger,
  layout: Layout,
  user: User,
  organisation: string,
  requests: ReadonlyMap<string, Uint8Array>,
): Promise<readonly SlotCertificate[]> => {
  await abandonStale(ports, ledger)
  await intend(ledger, layout.slots)
  const { issuance } = ledger
  const subject = subjectOf(user, issuance, organisation)
  const notBefore = issuance.startedAt - BACKDATE
  const settled = await Promise.allSettled(
    layout.slots.map(async slot => {
      ledger.enter(`issue-certificate:${slot.slot}`)
      const { publicKeySpki } = keyOf(issuance, slot.slot)
      const request: IssueCertificate = {
        idempotencyKey: idempotencyKey(issuance.id, slot.slot, publicKeySpki),
        profile: slot.profile,
        subject,
        publicKeySpki,
        csr: requests.get(slot.slot) ?? null,
        notBefore,
        notAfter: Math.min(notBefore + slot.validityDays * DAY, issuance.expiresAt),
        onHold: issuance.kind === 'PRODUCE',
      }
      const issued = await ports.authority.issue(request)
      const findings = checkAnswer(issued, certificateExpectation(request, issued, issuance.expiresAt, ports.clock()))
      return { slot, request, issued, findings }
    }),
  )
  const answered = settled.flatMap(s => (s.status === 'fulfilled' ? [s.value] : []))
  const wrong = answered.filter(a => a.findings.length > 0)
  const fresh = answered.filter(
    a =>
      a.findings.length === 0 &&
      !issuance.intents.some(i => i.idempotencyKey === a.request.idempotencyKey && i.credentialId !== null),
  )
  if (fresh.length > 0) {
    const credentials = fresh.map((a): Credential => {
      const { subject: name, issuer, notBefore: from, notAfter: to } = describeCertificate(a.issued.certificate)
      return {
        id: ports.newId(),
        version: 0,
        deviceId: ledger.device.id,
        issuanceId: issuance.id,
        slot: a.slot.slot,
        profile: a.slot.profile,
        algorithm: a.slot.algorithm,
        state: issuance.kind === 'PRODUCE' ? 'ON_HOLD' : 'ISSUED',
        revocationReason: issuance.kind === 'PRODUCE' ? 'certificateHold' : null,
        authorityId: ports.authority.id,
        serialNumber: a.issued.serialNumber,
        subject: name,
        issuer,
        notBefore: from,
        notAfter: to,
        certificate: a.issued.certificate,
        publicKeySpki: a.request.publicKeySpki,
      }
    })
    const intents = issuance.intents.map(i => {
      const at = fresh.findIndex(a => a.request.idempotencyKey === i.idempotencyKey)
      return at < 0 ? i : { ...i, credentialId: credentials[at]?.id ?? null }
    })
    await ledger.save({ intents }, undefined, async tx => {
      for (const credential of credentials) await tx.credentials.save(credential)
      for (const c of credentials)
        await tx.audit(
          ledger.fact('credential.issued', 'SUCCESS', {
            slot: c.slot,
            serialNumber: c.serialNumber,
            profile: c.profile,
          }),
        )
    })
  }
  // Without its key a retry makes a new one, and the wrong certificate ends as stale before another is asked for.
  if (wrong.length > 0)
    await ledger.save({ keys: ledger.issuance.keys.filter(k => !wrong.some(w => w.slot.slot === k.slot)) })
  const failed = settled.find(s => s.status === 'rejected')
  if (failed) throw failed.reason
  const [first] = wrong
  if (first)
    throw new RefusalError(
      refuse('CA_WRONG_CERTIFICATE', { slot: first.slot.slot, findings: first.findings.map(f => f.rule).join(', ') }),
    )
  return answered.map(a => ({ slot: a.slot.slot, certificate: a.issued.certificate }))
}
