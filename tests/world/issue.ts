import { type Issuance, type StartIssuance, startIssuance } from '@cardwright/core'
import { operator, READER, type World } from './world.ts'

export const request = async (world: World, change: Partial<StartIssuance> = {}): Promise<StartIssuance> => ({
  kind: 'ISSUE',
  type: 'INITIAL',
  userId: world.user.id,
  readerId: READER,
  insertion: await world.insertion(),
  policyId: world.policy.id,
  startedBy: operator,
  ...change,
})

export const issue = async (world: World, change: Partial<StartIssuance> = {}): Promise<Issuance> => {
  const started = await startIssuance(world.ports, await request(world, change))
  if (!started.ok) throw new Error(`${started.code} ${JSON.stringify(started.params)} ${world.causes.map(String)}`)
  return started.value.finished
}
