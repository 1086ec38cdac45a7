import { queueDeliveries } from '../delivery/queue-deliveries.flow.ts'
import { transition } from '../device/device-states.ts'
import { tellDirectory } from '../directory/publish.flow.ts'
import { RefusalError, refuse } from '../outcome/refusal.ts'
import type { User } from '../people/user.ts'
import type { DevicePolicy } from '../policy/device-policy.ts'
import { type Layout, resolveLayout } from '../policy/layout.ts'
import { completeRequest } from '../request/follow-issuance.flow.ts'
import { type AttestationAnswers, judgeAttestation } from './attestation.ts'
import { makeCardObjects, makeSecurityObject } from './card-objects.flow.ts'
import { certify } from './certify.flow.ts'
import { failIssuance } from './fail-issuance.flow.ts'
import type { Issuance } from './issuance.ts'
import type { IssuancePorts } from './issuance-ports.ts'
import type { Ledger } from './ledger.flow.ts'
import type { OpenCard } from './open-card.flow.ts'
import { planIssuance } from './plan-issuance.ts'
import { resetCard } from './reset-card.flow.ts'
import { readSecrets, type SealedSecrets, settleSecret } from './secrets.flow.ts'
import { signRequests } from './sign-requests.flow.ts'
import { writeCard } from './write-card.flow.ts'
import { writeCertificates } from './write-certificates.flow.ts'

type Loaded = {
  readonly user: User
  readonly policy: DevicePolicy
  readonly organisation: string
  readonly sealed: SealedSecrets
}

const load = (ports: IssuancePorts, issuance: Issuance): Promise<Loaded> =>
  ports.store.transaction(async tx => {
    const user = issuance.userId ? await tx.users.get(issuance.userId) : null
    const policy =
      issuance.policyId && issuance.policyVersion
        ? await tx.policies.get(issuance.policyId, issuance.policyVersion)
        : null
    if (!user || !policy) throw new RefusalError(refuse('NOT_FOUND'))
    const sealed = await readSecrets(ports.keys, tx, issuance)
    return { user, policy, organisation: await tx.settings.organisation(), sealed }
  })

const orRefuse = <T>(outcome: { ok: true; value: T } | { ok: false }): T => {
  if (!outcome.ok) throw new RefusalError(outcome as ReturnType<typeof refuse>)
  return outcome.value
}

/**
 * Steps 2 to 5 of an issuance (docs/issuance.md carries the same numbers); step 1, the claim, is in
 * start-issuance.flow.ts and retry-issuance.flow.ts. Runs on a card that is open and claimed, and always ends in a
 * stored state: COMPLETED, WAITING_FOR_PIN or FAILED. Called again it reads the card and plans anew, so what it does
 * is what is left to do.
 */
export const issueDevice = async (ports: IssuancePorts, ledger: Ledger, open: OpenCard): Promise<Issuance> => {
  try {
    const { user, policy, organisation, sealed } = await load(ports, ledger.issuance)

    // 2. Policy: policy + user + card → the layout the card must have.
    const layout = orRefuse(resolveLayout(policy.content, user, open.facts))

    // 3. Plan: the difference between the layout and what is on the card now.
    const plan = orRefuse(
      planIssuance(layout, open.facts, progressOf(ledger, sealed), { holderPin: ledger.issuance.changePin }),
    )
    ledger.issuance = { ...ledger.issuance, notes: layout.notes }
    ledger.showPlan(plan.steps)

    // 4. Execute: intent before each irreversible effect, evidence after it.
    const card = plan.steps[0]?.name === 'reset-card' ? await resetCard(ports, ledger, open) : open
    const objects = await makeCardObjects(ports, ledger.issuance, user, layout, organisation)
    const attested = await writeCard(ports, ledger, card, plan, objects, sealed)
    await checkAttestation(ports, ledger, layout, attested)
    const requests = layout.proofOfPossession ? await signRequests(ledger, card, layout, user, sealed) : new Map()
    const certificates = await certify(ports, ledger, layout, user, organisation, requests)
    const refused = ledger.issuance.notes.flatMap(n => (n.code === 'OBJECT_SKIPPED' ? [n.params.object ?? ''] : []))
    const all = { ...objects, ...(await makeSecurityObject(ports, layout, objects, refused)) }
    await writeCertificates(ports, ledger, card, layout, all, certificates)

    // 5. Finish: state, credentials, audit record and outbox in one transaction.
    await finish(ports, ledger, policy, layout, card)
  } catch (error) {
    await failIssuance(ports, ledger, error, open.link.roundTrips)
  } finally {
    await open.close().catch(() => undefined)
  }
  return ledger.issuance
}

/** Keys that did not prove themselves are forgotten, so that a retry makes new ones and asks again. */
const checkAttestation = async (
  ports: IssuancePorts,
  ledger: Ledger,
  layout: Layout,
  answers: AttestationAnswers,
): Promise<void> => {
  if (layout.attestation === 'NO') return
  const { keys, serial, notes } = ledger.issuance
  const judged = judgeAttestation(layout, keys, answers, serial, ports.attestationAnchors)
  if (!judged.ok) {
    await ledger.save({ keys: [] })
    throw new RefusalError(judged)
  }
  if (!judged.value.trusted)
    ledger.issuance = { ...ledger.issuance, notes: [...notes, { code: 'MAKER_UNKNOWN', params: {} }] }
}

const progressOf = (ledger: Ledger, sealed: SealedSecrets) => ({
  touched: ledger.issuance.cardTouched,
  keys: ledger.issuance.keys,
  puk: !ledger.issuance.cardTouched ? ('none' as const) : sealed.pukIsSet ? ('set' as const) : ('sent' as const),
  pukTries: ledger.issuance.pukTries,
})

const finish = async (
  ports: IssuancePorts,
  ledger: Ledger,
  policy: DevicePolicy,
  layout: Layout,
  card: OpenCard,
): Promise<void> => {
  const { issuance } = ledger
  const done = issuance.steps.map(s => (s.name === 'holder-pin' ? s : { ...s, state: 'DONE' as const }))
  const roundTrips = issuance.roundTrips + card.link.roundTrips
  if (issuance.changePin) {
    ledger.enter('holder-pin')
    await ledger.save({ state: 'WAITING_FOR_PIN', roundTrips })
    return
  }
  await completeIssuance(ports, ledger, { steps: done, roundTrips }, policy, {
    slots: layout.slots.map(s => s.slot).join(' '),
  })
}

/** Also the end of holder-pin.flow.ts. */
export const completeIssuance = async (
  ports: IssuancePorts,
  ledger: Ledger,
  change: Partial<Issuance>,
  policy: DevicePolicy,
  details: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const { issuance } = ledger
  const at = ports.clock()
  const produced = issuance.kind === 'PRODUCE'
  const device = orRefuse(transition(ledger.device, produced ? 'produced' : 'issued'))
  const keepsPin = issuance.pinMode === 'NOT_DISPLAYED' && !issuance.changePin
  await ledger.save(
    { ...change, state: 'COMPLETED', error: null, endedAt: at },
    {
      ...device,
      policyId: policy.id,
      policyVersion: policy.version,
      cardUuid: issuance.cardUuid,
      issuedAt: at,
      expiresAt: issuance.expiresAt,
    },
    async tx => {
      // I-8, I-10: the PIN is kept, sealed, only where somebody must still be told it.
      if (keepsPin) await settleSecret(tx, issuance, 'PIN')
      else await tx.secrets.wipe(issuance.deviceId, 'PIN')
      await settleSecret(tx, issuance, 'PUK')
      await queueDeliveries(tx, issuance, { newId: ports.newId, at })
      // A produced device's certificates are on hold; they are published when it is activated.
      const credentials = (await tx.credentials.ofDevice(issuance.deviceId)).filter(c => c.issuanceId === issuance.id)
      const valid = credentials.filter(c => c.state === 'ISSUED')
      if (!produced) await tellDirectory(tx, issuance.userId, 'directory.publish', valid)
      // A produced device replaces nothing before it is activated.
      if (!produced) await completeRequest(tx, ledger.device, { by: ledger.by, at })
      await tx.audit(
        ledger.fact(produced ? 'device.produced' : 'device.issued', 'SUCCESS', {
          policy: policy.content.name,
          policyVersion: policy.version,
          roundTrips: ledger.issuance.roundTrips,
          ...details,
        }),
      )
    },
  )
}
