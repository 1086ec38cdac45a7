import type { Readers } from '@cardwright/card'
import { type Issuance, type IssuancePorts, startIssuance } from '@cardwright/core'
import { operator, type World } from '../../tests/world/world.ts'

export type Timed = { readonly issuance: Issuance; readonly seconds: number }

/** One whole issuance, from the operator's click to the stored end; throws if it does not end well. */
export async function timedIssuance(
  world: Pick<World, 'user' | 'policy' | 'causes'>,
  ports: IssuancePorts,
  readers: Readers,
  readerId: string,
  pin?: string,
): Promise<Timed> {
  const insertion = (await readers.list()).find(({ id }) => id === readerId)?.card?.insertion
  if (!insertion) throw new Error(`there is no card in ${readerId}`)
  const place = { readerId, insertion, userId: world.user.id, policyId: world.policy.id, ...(pin ? { pin } : {}) }
  const begun = performance.now()
  const started = await startIssuance(ports, { kind: 'ISSUE', type: 'INITIAL', ...place, startedBy: operator })
  if (!started.ok) throw new Error(`${started.code} ${world.causes.map(String)}`)
  const issuance = await started.value.finished
  const seconds = (performance.now() - begun) / 1000
  if (issuance.state !== 'COMPLETED') throw new Error(`${JSON.stringify(issuance.error)} ${world.causes.map(String)}`)
  return { issuance, seconds }
}
