import { createSession, resetRetryCounterToTyped } from '@cardwright/card'
import type { Actor } from '../audit/audit-record.ts'
import { accept, type Outcome, RefusalError, refuse } from '../outcome/refusal.ts'
import type { KeptValues } from '../ports/card-gateway.ts'
import { refusalOf } from './failure.ts'
import type { Issuance } from './issuance.ts'
import type { IssuancePorts } from './issuance-ports.ts'
import { completeIssuance } from './issue-device.flow.ts'
import { createLedger, type Ledger } from './ledger.flow.ts'
import { openCard } from './open-card.flow.ts'
import { expectedCard, isSameCard } from './recognise-card.flow.ts'
import type { CardPlace } from './retry-issuance.flow.ts'
import { openSecret } from './secrets.flow.ts'

const load = (ports: IssuancePorts, id: string) =>
  ports.store.transaction(async tx => {
    const issuance = await tx.issuances.get(id)
    if (!issuance) return null
    const device = await tx.devices.get(issuance.deviceId)
    const policy =
      issuance.policyId && issuance.policyVersion
        ? await tx.policies.get(issuance.policyId, issuance.policyVersion)
        : null
    const puk = (await tx.secrets.of(issuance.deviceId, 'PUK')).find(s => s.stage === 'CURRENT')
    const user = issuance.userId ? await tx.users.get(issuance.userId) : null
    if (user?.status !== 'ACTIVE') throw new RefusalError(refuse('USER_DISABLED'))
    return device && policy && puk ? { issuance, device, policy, puk } : null
  })

/**
 * I-7, I-9: the holder's own PIN at the end. It goes to the far end as a typed value and into no script, store or log
 * here; its rules are checked where it is typed, and again by a caller that knows it. Set with the PUK, so that after a lost
 * answer the same can simply be done again. A failure leaves WAITING_FOR_PIN with the cause.
 */
export const setHolderPin = async (
  ports: IssuancePorts,
  id: string,
  place: CardPlace,
  typed: { readonly newPin: string } | KeptValues,
  by?: Actor,
): Promise<Outcome<Issuance>> => {
  let ledger: Ledger | null = null
  try {
    const before = await load(ports, id)
    if (!before) return refuse('NOT_FOUND')
    const { issuance, device, policy, puk } = before
    if (issuance.state !== 'WAITING_FOR_PIN') return refuse('PIN_NOT_EXPECTED')
    const record = createLedger(ports, issuance, device, by)
    ledger = record
    const card = await openCard(ports, { ...place, typed }, step => record.enter(step))
    try {
      if (!isSameCard(card.facts, expectedCard(device, issuance)))
        throw new RefusalError(refuse('CARD_EXCHANGED', { expected: issuance.serial }))
      await record.save({ error: null })
      const session = createSession(card.link)
      await session.run({ ...resetRetryCounterToTyped(await openSecret(ports.keys, puk)), progress: 'holder-pin' })
      const steps = record.issuance.steps.map(s => ({ ...s, state: 'DONE' as const }))
      const roundTrips = issuance.roundTrips + card.link.roundTrips
      await completeIssuance(ports, record, { steps, roundTrips }, policy)
    } finally {
      await card.close().catch(() => undefined)
    }
    return accept(record.issuance)
  } catch (error) {
    const refusal = refusalOf(error)
    ports.unexpected(error, { issuance: id, code: refusal.code, step: 'holder-pin' })
    const failed = { code: refusal.code, step: 'holder-pin' as const, params: refusal.params, at: ports.clock() }
    await ledger?.save({ error: failed }).catch(() => undefined)
    return refusal
  }
}
