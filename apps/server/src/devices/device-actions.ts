import { type Device as DeviceView, type Permission, permissionText } from '@cardwright/contract'
import { type Device, type DeviceEvent, fillText, mayHappen, printableDevice, refusalTexts } from '@cardwright/core'

type Action = DeviceView['actions'][number]
type Name = Action['action']

const permissionFor: Readonly<Record<Name, Permission>> = {
  activate: 'device.activate',
  recycle: 'device.recycle',
  suspend: 'device.suspend',
  resume: 'device.suspend',
  terminate: 'device.terminate',
  'initial-pin': 'device.initial-pin',
  unassign: 'device.assign',
  unlock: 'device.pin',
  'initial-password': 'device.assign',
  replace: 'request.create',
  print: 'print.card',
}

const eventFor: Partial<Readonly<Record<Name, DeviceEvent>>> = {
  activate: 'activate',
  recycle: 'recycled',
  terminate: 'terminate',
  unassign: 'unbind',
}

const stateNames: Readonly<Record<Device['state'], string>> = {
  AVAILABLE: 'blank',
  ASSIGNED: 'assigned but not issued',
  IN_PRODUCTION: 'being personalised',
  PRODUCED: 'personalised but not active',
  ISSUED: 'active',
  INVALID: 'invalid',
  TERMINATED: 'terminated',
}

export type ActionFacts = {
  readonly device: Device
  readonly openIssuance: boolean
  /** The open replacement that it is the target of, or bound to or issued for. */
  readonly openRequest: boolean
  readonly initialPinStored: boolean
}

/** What this person may do with a device now, by core's transition table and the permissions; each no has its reason. */
export const deviceActions = (facts: ActionFacts, permissions: ReadonlySet<Permission>): Action[] => {
  const names = Object.keys(permissionFor) as Name[]
  return names
    .filter(name => belongs(name, facts.device))
    .map(action => {
      const reason = whyNot(action, facts, permissions)
      return reason === null ? { action, allowed: true } : { action, allowed: false, reason }
    })
}

/**
 * *Suspend* turns into *Resume* and back (REQUIREMENTS §1); only one of the two is shown. The holds of others are no
 * suspension. A key has nothing to print on.
 */
const belongs = (name: Name, device: Device): boolean => {
  const resumes = device.suspended && device.state === 'ISSUED'
  if (name === 'suspend') return !resumes
  if (name === 'print') return device.form === 'card'
  return name !== 'resume' || resumes
}

const whyNot = (
  name: Name,
  { device, openIssuance, openRequest, initialPinStored }: ActionFacts,
  permissions: ReadonlySet<Permission>,
): string | null => {
  const permission = permissionFor[name]
  if (!permissions.has(permission)) {
    return fillText(refusalTexts.NOT_PERMITTED.advice, { permission: permissionText(permission) })
  }
  // Recycle takes a failed issuance over; everything else waits until it is retried or cancelled.
  if (openIssuance && name !== 'recycle') return 'An issuance on this device is not finished: retry or cancel it first.'
  if (name === 'replace' && openRequest && device.state === 'INVALID')
    return 'A replacement is requested already: open that request.'
  if (!isPossible(name, device)) {
    const state = device.state === 'ISSUED' && device.suspended ? 'suspended' : stateNames[device.state]
    return `Not possible while the device is ${state}.`
  }
  if (name === 'initial-pin' && !initialPinStored)
    return 'No PIN is stored: it was delivered to its holder, somebody chose it, or it has been changed since.'
  return null
}

const isPossible = (name: Name, device: Device): boolean => {
  const event = eventFor[name]
  if (event) return mayHappen(device, event)
  if (name === 'initial-pin')
    return device.state === 'ISSUED' || (device.state === 'PRODUCED' && device.reason === 'ASSIGNED')
  if (name === 'suspend' || name === 'unlock') return device.state === 'ISSUED'
  if (name === 'initial-password') return device.state === 'ASSIGNED'
  if (name === 'replace') return isReplaceable(device)
  if (name === 'print') return printableDevice(device).ok
  return true
}

/**
 * core/request/request-replacement.flow.ts: active, or expired. For a device that was forgotten the one that stands in for
 * it is replaced; whether that is possible is told where the reason is chosen.
 */
const isReplaceable = ({ state, reason, invalidBy }: Device): boolean =>
  state === 'ISSUED' || (state === 'INVALID' && (invalidBy === null || reason === 'FORGOTTEN'))
