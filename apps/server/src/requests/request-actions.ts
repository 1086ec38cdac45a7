import { type Permission, permissionText, type RequestView } from '@cardwright/contract'
import {
  type Actor,
  type DeviceRequest,
  fillText,
  type LifecycleSettings,
  mayDecide,
  mayIssueFor,
  type Outcome,
  refusalTexts,
  requestMay,
  workflowRow,
} from '@cardwright/core'
import { why } from './why.ts'

type Action = RequestView['actions'][number]
type Name = Action['action']

const permissionFor: Readonly<Record<Name, Permission>> = {
  approve: 'request.approve',
  deny: 'request.approve',
  cancel: 'request.cancel',
  issue: 'device.issue',
  bind: 'device.assign',
}

const stateNames: Readonly<Record<DeviceRequest['state'], string>> = {
  PENDING_APPROVAL: 'waiting for approval',
  APPROVED: 'approved',
  DENIED: 'denied',
  CANCELLED: 'cancelled',
  EXECUTING: 'being executed',
  COMPLETED: 'completed',
  FAILED: 'at a failed issuance: retry or cancel that first',
  EXPIRED: 'expired',
}

export type Asking = {
  readonly by: Actor
  readonly permissions: ReadonlySet<Permission>
  readonly settings: Pick<LifecycleSettings, 'separation'>
}

/** What this operator may do with a request now, by core's tables, the permissions and R-16; each no has its reason. */
export const requestActions = (request: DeviceRequest, asking: Asking): Action[] =>
  (Object.keys(permissionFor) as Name[])
    .filter(name => name !== 'bind' || bindingOf(request) !== 'none')
    .map(action => {
      const reason = whyNot(action, request, asking)
      return reason === null ? { action, allowed: true } : { action, allowed: false, reason }
    })

const bindingOf = ({ replacement }: DeviceRequest) => (replacement ? workflowRow(replacement.workflow).binding : 'none')

const whyNot = (name: Name, request: DeviceRequest, { by, permissions, settings }: Asking): string | null => {
  const permission = permissionFor[name]
  if (!permissions.has(permission)) {
    return fillText(refusalTexts.NOT_PERMITTED.advice, { permission: permissionText(permission) })
  }
  if (!isPossible(name, request)) return notNow(name, request)
  if (name === 'bind' && request.newDeviceId !== null)
    return 'A device is bound for it already. To take another one, unbind that first.'
  if (name === 'approve' || name === 'deny') return textOf(mayDecide(request, by, settings))
  return name === 'issue' ? textOf(mayIssueFor(request, by, settings)) : null
}

const textOf = (outcome: Outcome<unknown>): string | null => (outcome.ok ? null : why(outcome).text)

const notNow = (name: Name, { state }: DeviceRequest): string =>
  name === 'cancel' && state === 'EXECUTING'
    ? 'A device is being issued for it, or waits for its activation: let that end first.'
    : `Not possible: the request is ${stateNames[state]}.`

/** A failed issuance is given up with the request that is cancelled (core/request/decide.flow.ts). */
const isPossible = (name: Name, request: DeviceRequest): boolean => {
  if (name === 'cancel') return requestMay(request, 'cancel') || request.state === 'FAILED'
  if (name === 'approve' || name === 'deny') return requestMay(request, name)
  return request.state === 'APPROVED'
}
