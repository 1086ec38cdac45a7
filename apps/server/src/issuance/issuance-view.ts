import type { IssuanceView } from '@cardwright/contract'
import { type Device, type DevicePolicy, fillText, type Issuance, refusalTexts, type Store } from '@cardwright/core'
import { placeOfReader } from '../relay/reader-ids.ts'
import { failedStepText, noteText } from './step-texts.ts'

type Names = {
  readonly userName: string | null
  readonly policy: DevicePolicy | null
  readonly form: Device['form']
}

/** An issuance as the portal shows it. Names are looked up once for each issuance; they do not change while it runs. */
export const createIssuanceViews = (store: Store) => {
  const names = new Map<string, Names>()

  const namesOf = async (issuance: Issuance): Promise<Names> => {
    const known = names.get(issuance.id)
    if (known) return known
    const found = await store.transaction(async tx => {
      const user = issuance.userId ? await tx.users.get(issuance.userId) : null
      const { policyId, policyVersion } = issuance
      const policy = policyId && policyVersion ? await tx.policies.get(policyId, policyVersion) : null
      const device = await tx.devices.get(issuance.deviceId)
      return { userName: user?.displayName ?? null, policy, form: device?.form ?? 'card' }
    })
    names.set(issuance.id, found)
    if (names.size > 1000) names.delete(names.keys().next().value ?? '')
    return found
  }

  return async (issuance: Issuance): Promise<IssuanceView> => view(issuance, await namesOf(issuance))
}

export type IssuanceViews = ReturnType<typeof createIssuanceViews>

const view = (issuance: Issuance, { userName, policy, form }: Names): IssuanceView => ({
  id: issuance.id,
  kind: issuance.kind,
  state: issuance.state,
  attempt: issuance.attempt,
  userId: issuance.userId,
  userName,
  deviceId: issuance.deviceId,
  serial: issuance.serial,
  form,
  readerName: issuance.readerName,
  where: placeOfReader(issuance.readerId),
  policy: policy ? { id: policy.id, version: policy.version, name: policy.content.name } : null,
  steps: issuance.steps.map(({ name, params, state }) => ({ key: name, params: { ...params }, state })),
  progress: progressOf(issuance),
  error: errorOf(issuance),
  pinRules: issuance.state === 'WAITING_FOR_PIN' && policy ? { ...policy.content.pin.rules } : null,
  notes: issuance.notes.map(({ code, params }) => ({ code, text: noteText(code, params) })),
  roundTrips: issuance.roundTrips,
  startedAt: new Date(issuance.startedAt).toISOString(),
  endedAt: issuance.endedAt === null ? null : new Date(issuance.endedAt).toISOString(),
})

/** A step that runs counts half. */
const progressOf = ({ state, steps }: Issuance): number => {
  if (state === 'COMPLETED') return 1
  // Before the plan is known, the steps done so far are all there are.
  if (state === 'RUNNING' && steps.every(s => s.state === 'DONE')) return 0
  const done = steps.reduce((sum, s) => sum + (s.state === 'DONE' ? 1 : s.state === 'RUNNING' ? 0.5 : 0), 0)
  return steps.length === 0 ? 0 : done / steps.length
}

const errorOf = ({ error, steps }: Issuance): IssuanceView['error'] => {
  if (error === null) return null
  const { what, advice } = refusalTexts[error.code]
  return {
    code: error.code,
    what: fillText(what, error.params),
    step: failedStepText(error, steps),
    advice: fillText(advice, error.params),
    details: { ...error.params },
    at: new Date(error.at).toISOString(),
  }
}
