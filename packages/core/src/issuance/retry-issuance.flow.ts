import type { Actor } from '../audit/audit-record.ts'
import { replacementFact } from '../audit/facts.ts'
import { transition } from '../device/device-states.ts'
import { accept, type Outcome, RefusalError, refuse } from '../outcome/refusal.ts'
import { checkOneActive } from '../request/claim-request.flow.ts'
import { followIssuance } from '../request/follow-issuance.flow.ts'
import { mayIssueFor } from '../request/separation.ts'
import { refusalOf } from './failure.ts'
import type { Issuance } from './issuance.ts'
import type { IssuancePorts } from './issuance-ports.ts'
import { issueDevice } from './issue-device.flow.ts'
import { createLedger, type Ledger } from './ledger.flow.ts'
import { type OpenCard, openCard } from './open-card.flow.ts'
import { expectedCard, isSameCard } from './recognise-card.flow.ts'
import { readerOf, type Started } from './start-issuance.flow.ts'

/** Where the card is now; it may have been put back into another reader. */
export type CardPlace = { readonly readerId: string; readonly insertion: string }

/**
 * I-13: Retry with the same device, policy and PIN. Step 1 again: the card must be the same one, the issuance must
 * still be FAILED, and the claim is a compare-and-set; then steps 2 to 5 with a plan made anew. `by` is who retries, if it
 * is not the one who started.
 */
export const retryIssuance = async (
  ports: IssuancePorts,
  id: string,
  place: CardPlace,
  by?: Actor,
): Promise<Outcome<Started>> => {
  let card: OpenCard | null = null
  let ledger: Ledger | null = null
  try {
    const before = await ports.store.transaction(async tx => {
      const issuance = await tx.issuances.get(id)
      const device = issuance && (await tx.devices.get(issuance.deviceId))
      const policy =
        issuance?.policyId && issuance.policyVersion
          ? await tx.policies.get(issuance.policyId, issuance.policyVersion)
          : null
      return issuance && device ? { issuance, device, slots: policy?.content.slots.map(s => s.slot) ?? [] } : null
    })
    if (!before) return refuse('NOT_FOUND')
    if (before.issuance.state !== 'FAILED' || before.issuance.kind === 'RECYCLE')
      return refuse('WRONG_STATE', { state: before.issuance.state, reason: before.issuance.kind, event: 'retry' })
    card = await openCard(ports, { ...place, slots: before.slots }, step => ledger?.enter(step))
    if (!isSameCard(card.facts, expectedCard(before.device, before.issuance)))
      throw new RefusalError(refuse('CARD_EXCHANGED', { expected: before.issuance.serial }))
    const { readerName } = await readerOf(ports, place.readerId)
    const claimed = await ports.store.transaction(async tx => {
      const user = before.issuance.userId ? await tx.users.get(before.issuance.userId) : null
      if (user?.status !== 'ACTIVE') throw new RefusalError(refuse('USER_DISABLED'))
      const device = transition(before.device, 'retry-production')
      if (!device.ok) throw new RefusalError(device)
      const issuance: Issuance = {
        ...before.issuance,
        state: 'RUNNING',
        attempt: before.issuance.attempt + 1,
        readerId: place.readerId,
        readerName,
        error: null,
        steps: [
          { name: 'claim', params: {}, state: 'DONE' },
          { name: 'read-card', params: {}, state: 'DONE' },
        ],
        lease: { owner: ports.owner, until: ports.clock() + ports.leaseMs },
      }
      const savedDevice = await tx.devices.save(device.value)
      const saved = await tx.issuances.save(issuance)
      if (!saved || !savedDevice)
        throw new RefusalError(refuse('IN_PROGRESS_ELSEWHERE', { by: issuance.startedBy.label }))
      const act = { by: by ?? issuance.startedBy, at: ports.clock() }
      const request = saved.requestId ? await tx.requests.get(saved.requestId) : null
      const duties = request ? mayIssueFor(request, act.by, await tx.settings.lifecycle()) : accept(true)
      if (!duties.ok) throw new RefusalError(duties)
      await checkOneActive(tx, { userId: user.id, device: savedDevice }, request)
      await followIssuance(tx, saved, 'execute-again', act)
      await tx.audit({
        at: ports.clock(),
        actor: by ?? issuance.startedBy,
        action: 'issuance.retried',
        object: { type: 'device', id: savedDevice.id, label: savedDevice.serial },
        userId: saved.userId,
        deviceId: savedDevice.id,
        result: 'SUCCESS',
        reason: saved.replaces,
        details: {
          issuance: id,
          attempt: saved.attempt,
          reader: readerName,
          ...replacementFact(savedDevice.temporary, saved.replaces),
        },
      })
      return { issuance: saved, device: savedDevice }
    })
    ledger = createLedger(ports, claimed.issuance, claimed.device, by, before.issuance.error)
    ports.progress.report(claimed.issuance)
    return accept({ issuance: claimed.issuance, finished: issueDevice(ports, ledger, card) })
  } catch (error) {
    await card?.close().catch(() => undefined)
    const refusal = refusalOf(error)
    if (refusal.code === 'INTERNAL') ports.unexpected(error, { issuance: id, code: refusal.code, step: 'claim' })
    return refusal
  }
}
