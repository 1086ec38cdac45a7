import type { Model } from './model.ts'
import type { State } from './organisation.ts'

/** certificates that ended in this step carry the reason for which their device ended. */
export const revocationFaults = (model: Model, before: State, after: State): string[] =>
  [...after.credentials.values()].flatMap(credential => {
    const was = before.credentials.get(credential.id)?.state ?? 'ISSUED'
    if (credential.state !== 'REVOKED' || was === 'REVOKED') return []
    const card = model.cards.find(c => c.deviceId === credential.deviceId)
    if (!card?.ended || card.ended === credential.revocationReason) return []
    return [
      `certificate ${credential.slot} of card ${card.index + 1} ended as ${credential.revocationReason}, not ${card.ended}`,
    ]
  })
