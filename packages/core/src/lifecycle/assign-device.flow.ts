import type { Actor } from '../audit/audit-record.ts'
import { deviceFact } from '../audit/facts.ts'
import type { Device } from '../device/device.ts'
import { transition } from '../device/device-states.ts'
import type { CardFacts } from '../issuance/card-facts.ts'
import { mayBeIssued, newDevice } from '../issuance/claim.ts'
import { refusalOf } from '../issuance/failure.ts'
import type { IssuancePorts } from '../issuance/issuance-ports.ts'
import { openCard } from '../issuance/open-card.flow.ts'
import { findDevice } from '../issuance/recognise-card.flow.ts'
import type { CardPlace } from '../issuance/retry-issuance.flow.ts'
import { readerOf } from '../issuance/start-issuance.flow.ts'
import { accept, type Outcome, RefusalError, refuse } from '../outcome/refusal.ts'
import type { Transaction } from '../ports/store.ts'
import { bindForRequest } from '../request/bind-for-request.flow.ts'

export type AssignDevice = CardPlace & { readonly userId: string; readonly by: Actor; readonly requestId?: string }

/**
 * I-2 *Assign Device*: the card in a reader is read to know which one it is, and bound to a user; nothing is written to
 * it. A card whose recycle did not end may hold anybody's keys, so it is refused until the recycle is done.
 */
export const assignDevice = async (ports: IssuancePorts, request: AssignDevice): Promise<Outcome<Device>> => {
  try {
    const card = await openCard(ports, request, () => undefined)
    await card.close()
    const { virtual } = await readerOf(ports, request.readerId)
    return accept(await ports.store.transaction(tx => bind(ports, tx, request, card.facts, virtual)))
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal.code === 'INTERNAL') throw error
    return refusal
  }
}

const insist = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new RefusalError(outcome)
  return outcome.value
}

const bind = async (
  ports: IssuancePorts,
  tx: Transaction,
  { userId, by, requestId }: AssignDevice,
  facts: CardFacts,
  virtual: boolean,
): Promise<Device> => {
  const { identity } = facts
  if (identity === null) throw new RefusalError(refuse('CARD_NOT_IDENTIFIABLE'))
  const user = await tx.users.get(userId)
  if (!user) throw new RefusalError(refuse('NOT_FOUND'))
  if (user.status !== 'ACTIVE') throw new RefusalError(refuse('USER_DISABLED'))
  const known = await findDevice(tx, facts)
  const open = known && (await tx.issuances.openOfDevice(known.id))
  if (open && open.state !== 'FAILED')
    throw new RefusalError(refuse('IN_PROGRESS_ELSEWHERE', { by: open.startedBy.label }))
  if (open) throw new RefusalError(refuse('CARD_NEEDS_RECYCLING'))
  const device = known ?? newDevice(ports.newId(), { ...facts, identity }, virtual)
  const owner = device.userId ? await tx.users.get(device.userId) : null
  insist(mayBeIssued(device, userId, owner?.displayName ?? null))
  const saved = await tx.devices.save(insist(transition(device, 'bind', { userId })))
  if (!saved) throw new RefusalError(refuse('IN_PROGRESS_ELSEWHERE', { by: owner?.displayName ?? '…' }))
  const act = { by, at: ports.clock() }
  const bound = await bindForRequest(tx, saved, { userId, requestId: requestId ?? null }, act)
  const reason = bound?.replacement?.reason ?? null
  await tx.audit({ ...deviceFact(saved, act, { action: 'device.assigned', reason }), userId })
  return saved
}
