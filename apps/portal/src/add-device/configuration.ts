import type { IssuanceOptions, Reader, RequestView } from '@cardwright/contract'
import { pinIsAllowed } from '@cardwright/core/pin-rules'
import type { TextKey } from '../texts/t.ts'

export type ActionType = IssuanceOptions['actions'][number]['action']
export type PolicyOption = IssuanceOptions['policies'][number]

/** What the operator has chosen so far on Configure Device. */
export type Configuration = {
  readonly action: ActionType
  readonly policyId: string | null
  readonly pin: string
  readonly repeated: string
  /** Only with Assign Device. */
  readonly initialPassword: boolean
}

export const blankConfiguration: Configuration = {
  action: 'ISSUE',
  policyId: null,
  pin: '',
  repeated: '',
  initialPassword: true,
}

/** A card that may be chosen: it is there, it answers, and nothing else is going on with it. */
export const isUsable = (reader: Reader): boolean =>
  reader.card !== null && !reader.busy && reader.card.problem === null

/** Whom a device is added for, and the request that it is for, if any. */
export type Purpose = {
  readonly userId: string
  readonly request?: Pick<RequestView, 'device' | 'newDevice' | 'kind'> | undefined
}

/** The device to be replaced is no replacement for itself. */
export const isReplaced = (reader: Reader, { request }: Purpose): boolean =>
  request?.device != null && reader.card?.known?.deviceId === request.device.id

/** A blank card, or one that waits for this very person and, where one is bound for the request, is that one. */
export const isMeantFor = (reader: Reader, purpose: Purpose): boolean => {
  if (!isUsable(reader) || isReplaced(reader, purpose)) return false
  const known = reader.card?.known ?? null
  const bound = purpose.request?.newDevice
  if (bound) return known?.deviceId === bound.id
  if (known === null || known.state === 'AVAILABLE') return true
  return known.state === 'ASSIGNED' && known.user?.id === purpose.userId
}

/** The reader to start with: the one chosen while it stands, else the only one that can be meant. */
export const chosenReader = (
  readers: readonly Reader[],
  chosen: string | null,
  purpose: Purpose,
): Reader | undefined => {
  const kept = readers.find(reader => reader.id === chosen && reader.card !== null && !isReplaced(reader, purpose))
  if (kept) return kept
  const meant = readers.filter(reader => isMeantFor(reader, purpose))
  return meant.length === 1 ? meant[0] : undefined
}

/** The policy to go with: the one chosen if it still fits, else the only one that fits. */
export const chosenPolicy = (
  options: IssuanceOptions | undefined,
  policyId: string | null,
): PolicyOption | undefined => {
  const fitting = options?.policies.filter(policy => policy.fits) ?? []
  return fitting.find(policy => policy.id === policyId) ?? (fitting.length === 1 ? fitting[0] : undefined)
}

/** Whether an initial PIN is typed here (I-5 … I-9). */
export const asksForPin = ({ displayMode }: IssuanceOptions['pin'], action: ActionType): boolean =>
  action !== 'ASSIGN' && displayMode !== 'NOT_DISPLAYED'

/** Which issuance a request asks for; without one it is the first. */
export const issuanceTypeOf = (request: Purpose['request']) =>
  request?.kind === 'PERMANENT'
    ? 'PERMANENT_REPLACEMENT'
    : request?.kind === 'TEMPORARY'
      ? 'TEMPORARY_REPLACEMENT'
      : 'INITIAL'

/** What is still missing before Continue; null = nothing. */
export const missing = (
  configuration: Configuration,
  reader: Reader | undefined,
  options: IssuanceOptions | undefined,
): TextKey | null => {
  if (!reader || !isUsable(reader) || !options) return 'addDevice.needs.device'
  const { action, pin, repeated } = configuration
  if (!options.actions.some(a => a.action === action && a.allowed)) return 'addDevice.needs.action'
  if (action === 'ASSIGN') return null
  const policy = chosenPolicy(options, configuration.policyId)
  if (!policy) return 'addDevice.needs.policy'
  if (policy.approval === 'NEEDED') return 'addDevice.needs.approval'
  if (!asksForPin(options.pin, action)) return null
  if (!pinIsAllowed(pin, policy.pinRules)) return 'addDevice.needs.pin'
  if (options.pin.displayMode === 'DISGUISED' && pin !== repeated) return 'addDevice.needs.match'
  return null
}
