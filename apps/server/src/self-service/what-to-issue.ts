import {
  type CardFacts,
  type Device,
  type DevicePolicy,
  type DeviceRequest,
  dryRunOn,
  findDevice,
  type IssuanceType,
  issuanceTypeOf,
  isValidated,
  type Outcome,
  RefusalError,
  refuse,
  replacementPolicies,
  type StartIssuance,
  type Transaction,
  workflowRow,
} from '@cardwright/core'

type Replacing = DeviceRequest & { readonly replacement: NonNullable<DeviceRequest['replacement']> }
type Candidate = { readonly policy: DevicePolicy; readonly fits: Outcome<unknown> }

/**
 * What a user who begins to set up a device issues: the replacement that waits for them, else their first
 * device. Throws the refusal why there is nothing for this card. The claim looks at all of it once more.
 */
export const whatToIssue = async (
  tx: Transaction,
  userId: string,
  facts: CardFacts,
): Promise<Pick<StartIssuance, 'type' | 'policyId' | 'requestId'>> => {
  const open = await tx.requests.openOfUser(userId)
  const device = await findDevice(tx, facts)
  const replacing = open.filter(isForUser)
  const approved = replacing.filter(r => r.state === 'APPROVED')
  const request = approved.find(r => r.newDeviceId !== null && r.newDeviceId === device?.id) ?? approved[0]
  if (request) {
    const type = issuanceTypeOf[request.replacement.kind]
    const policy = await fitting(tx, userId, facts, await forReplacement(tx, request))
    return { type, policyId: policy.id, requestId: request.id }
  }
  // Told as what it is, and not as the limit of one device that the claim would name.
  if (replacing.length > 0 && !(await tx.settings.options()).CardsMultipleActive)
    throw new RefusalError(refuse('APPROVAL_NEEDED', { policy: '…' }))
  const policy = await fitting(tx, userId, facts, await forInitial(tx, userId, open))
  return { type: 'INITIAL', policyId: policy.id }
}

const isForUser = (request: DeviceRequest): request is Replacing =>
  request.replacement !== null && workflowRow(request.replacement.workflow).issues === 'user'

/** by the policy of the device that is replaced. */
const forReplacement = async (tx: Transaction, { deviceId, replacement }: Replacing): Promise<readonly Candidate[]> => {
  const target: Device | null = deviceId ? await tx.devices.get(deviceId) : null
  return target ? replacementPolicies(tx, target, replacement.reason) : []
}

/** Validated issuance: what is approved goes first, what still needs approval is refused. */
const forInitial = async (
  tx: Transaction,
  userId: string,
  open: readonly DeviceRequest[],
): Promise<readonly Candidate[]> => {
  const isApproved = ({ id }: DevicePolicy) =>
    open.some(r => r.type === 'ISSUANCE' && r.policyId === id && isValidated(r))
  const candidates = (await assigned(tx, userId, 'INITIAL')).map((policy): Candidate & { approved: boolean } => {
    const approved = policy.content.approval === 'REQUIRED' && isApproved(policy)
    const needs = policy.content.approval === 'REQUIRED' && !approved
    const fits = needs ? refuse('APPROVAL_NEEDED', { policy: policy.content.name }) : { ok: true as const, value: true }
    return { policy, fits, approved }
  })
  return [...candidates.filter(c => c.approved), ...candidates.filter(c => !c.approved)]
}

/** In the order in which the groups name them. */
const assigned = async (tx: Transaction, userId: string, type: IssuanceType): Promise<readonly DevicePolicy[]> => {
  const groups = await tx.groups.ofUser(userId)
  const ids = [...new Set(groups.flatMap(g => g.assignments[type] ?? []))]
  const newest = (await tx.policies.newest(ids)).filter(p => !p.retired)
  return ids.flatMap(id => newest.find(p => p.id === id) ?? [])
}

/** The first policy that fits the card; else why the first one does not (I-3). */
const fitting = async (
  tx: Transaction,
  userId: string,
  facts: CardFacts,
  candidates: readonly Candidate[],
): Promise<DevicePolicy> => {
  const user = await tx.users.get(userId)
  if (!user) throw new RefusalError(refuse('NOT_FOUND'))
  const runs = candidates.map(({ policy, fits }) => {
    const [first] = dryRunOn(policy.content, facts, user).reasons
    return { policy, refusal: first ?? (fits.ok ? null : fits) }
  })
  const fits = runs.find(run => run.refusal === null)
  if (fits) return fits.policy
  // What an approval is missing for would fit the card: that is nearer than a policy that does not.
  const approval = runs.find(run => run.refusal?.code === 'APPROVAL_NEEDED')
  throw new RefusalError((approval ?? runs[0])?.refusal ?? refuse('POLICY_NOT_ASSIGNED'))
}
