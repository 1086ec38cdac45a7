import {
  createPolicy,
  type Database,
  getPolicyView,
  listPolicies,
  policyVersions,
  publishPolicy,
} from '@cardwright/adapters/db'
import { routes } from '@cardwright/contract'
import {
  type CardFacts,
  type Clock,
  dryRunOn,
  fillText,
  type Refusal,
  RefusalError,
  refusalTexts,
  refuse,
} from '@cardwright/core'
import { planStepView } from '../../issuance/plan-view.ts'
import { noteText } from '../../issuance/step-texts.ts'
import type { Reach } from '../../relay/reach.ts'
import { actorOf, type Caller } from '../caller.ts'
import type { Registrar } from '../registrar.ts'
import { written } from '../written.ts'
import { found } from './people.ts'

export type PolicyRoutePorts = {
  readonly database: Database
  readonly reachOf: (caller: Caller) => Reach
  readonly clock: Clock
}

export const registerPolicyRoutes = ({ handle }: Registrar, ports: PolicyRoutePorts): void => {
  const { database, clock } = ports
  const { db } = database
  const by = (caller: Caller) => ({ actor: actorOf(caller), at: clock() })
  const policy = async (id: string, { scope }: Caller, version?: number) =>
    found(await getPolicyView(db, scope, id, version))

  handle(routes.listPolicies, async ({ caller }) => ({ rows: await listPolicies(db, caller.scope) }))
  handle(routes.getPolicy, ({ params, query, caller }) => policy(params.id, caller, query.version))
  handle(routes.policyVersions, async ({ params, caller }) => {
    await policy(params.id, caller)
    return { rows: await policyVersions(db, caller.scope, params.id) }
  })
  handle(routes.createPolicy, async ({ body, caller }) =>
    policy(written(await createPolicy(database, body, by(caller))).id, caller),
  )
  handle(routes.publishPolicy, async ({ params, body, caller }) =>
    policy(written(await publishPolicy(database, params.id, body, by(caller))).id, caller),
  )

  handle(routes.dryRunPolicy, async ({ body, caller }) => {
    const facts = await factsIn(ports.reachOf(caller), body.readerId)
    const run = dryRunOn(body.content, facts)
    return {
      fits: run.reasons.length === 0,
      reasons: run.reasons.map(textOf),
      notes: run.notes.map(({ code, params }) => ({ code, text: noteText(code, params) })),
      steps: run.steps.map(planStepView),
      card: {
        model: facts.model,
        serial: facts.identity === null ? null : facts.serial,
        capabilities: capabilities(facts),
      },
    }
  })
}

const factsIn = async (reach: Reach, readerId: string): Promise<CardFacts> => {
  const reader = (await reach.readers()).find(r => r.id === readerId)
  if (!reader) throw new RefusalError(refuse('READER_LOST'))
  if (!reader.card || reader.card.state === 'reading') {
    throw new RefusalError(refuse(reader.busy ? 'CARD_IN_USE' : 'CARD_REMOVED'))
  }
  if (reader.card.state === 'unusable') throw new RefusalError(refuse(reader.card.problem.code))
  return reader.card.facts
}

const textOf = ({ code, params }: Refusal): { code: string; text: string } => ({
  code,
  text: fillText(refusalTexts[code].what, params),
})

/** What the card can do, for the page of a dry run. */
const capabilities = (facts: CardFacts): Record<string, string> => {
  const yes = (value: boolean) => (value ? 'yes' : 'no')
  return {
    'key algorithms': [...new Set(Object.values(facts.algorithms).flat())].join(', '),
    'PIN and touch policy per key': yes(facts.keyPolicies),
    attestation: yes(facts.attestation),
    reset: yes(facts.reset),
    'number of tries can be set': yes(facts.setRetries),
    'new administration key': facts.administrationKeyAlgorithms.join(', ') || 'cannot be changed',
    'largest object': `${facts.maxObjectBytes} bytes`,
  }
}
