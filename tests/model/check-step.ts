import { disagreements } from './agreement.ts'
import { auditFaults } from './audit.ts'
import { brokenInvariants } from './invariants.ts'
import type { Model } from './model.ts'
import type { Organisation, State } from './organisation.ts'
import { publicationFaults } from './publication.ts'
import { revocationFaults } from './revocation.ts'

/** Everything that must hold after each step. Throws one error that names all that is wrong. */
export const checkStep = async (model: Model, org: Organisation, before: State): Promise<void> => {
  const left = await org.drain()
  const state = org.world.store.committed()
  const wrong = [
    ...disagreements(model, org),
    ...brokenInvariants(state, org.world.now, model.wasMultiple),
    ...revocationFaults(model, before, state),
    ...auditFaults(before, state),
    // Until the CA is back it may publish what was true before it went.
    ...(left === 0 ? await publicationFaults(org, state) : []),
  ]
  if (wrong.length > 0) throw new Error(wrong.join('\n'))
}
