import { type Credential, type Device, type DeviceRequest, isOpenRequest } from '@cardwright/core'
import type { State } from './organisation.ts'

const shown = (device: Device) => `device ${device.serial} (${device.state}/${device.reason})`
const living = (device: Device | null | undefined): boolean => device?.state === 'ISSUED' || device?.state === 'INVALID'

const oneActive = (state: State): string[] => {
  const active = [...state.devices.values()].filter(d => d.state === 'ISSUED' && !d.temporary && d.form !== 'phone')
  const users = active.map(d => d.userId)
  return users.some((user, i) => users.indexOf(user) !== i) ? ['a user has two active primary devices'] : []
}

const validWithoutDevice = (state: State): string[] =>
  [...state.credentials.values()].flatMap(({ deviceId, slot, state: is }) => {
    const device = state.devices.get(deviceId)
    if (!device) return [`a certificate of no device`]
    const ended = device.state === 'TERMINATED' || device.state === 'AVAILABLE' || device.userId === null
    if (ended && is !== 'REVOKED') return [`${shown(device)} has a certificate ${slot} that is ${is}`]
    const mayNot =
      device.state === 'INVALID' || device.suspended || (device.state === 'PRODUCED' && device.reason === 'ASSIGNED')
    return mayNot && is === 'ISSUED' ? [`${shown(device)} has a valid certificate ${slot}`] : []
  })

const openOnes = (state: State): DeviceRequest[] => [...state.requests.values()].filter(isOpenRequest)

/** R-8, and no device is promised twice. */
const oneOpen = (state: State): string[] => {
  const twice = (ids: readonly (string | null)[]) => {
    const named = ids.filter(id => id !== null)
    return new Set(named).size !== named.length
  }
  const open = openOnes(state)
  return [
    ...(twice(open.filter(r => r.type === 'REPLACEMENT').map(r => r.deviceId))
      ? ['a device has two open requests']
      : []),
    ...(twice(open.map(r => r.newDeviceId)) ? ['a device is bound to two requests'] : []),
  ]
}

const requestFollows = (state: State, request: DeviceRequest): string | null => {
  const issuance = request.issuanceId ? state.issuances.get(request.issuanceId) : null
  const device = request.newDeviceId ? state.devices.get(request.newDeviceId) : null
  const sameDevice = issuance?.requestId === request.id && issuance.deviceId === device?.id
  switch (request.state) {
    case 'PENDING_APPROVAL':
      return issuance || device ? 'has an issuance or a device before it was approved' : null
    case 'APPROVED':
      if (issuance) return 'has an issuance although nothing executes it'
      return device && (device.state !== 'ASSIGNED' || device.userId !== request.userId)
        ? `is bound to ${shown(device)}`
        : null
    case 'EXECUTING': {
      const waits = issuance?.kind === 'PRODUCE' && device?.state === 'PRODUCED' && device.requestId === request.id
      if (issuance?.state === 'COMPLETED') return waits ? null : 'goes on although its issuance is done'
      return sameDevice && (issuance?.state === 'RUNNING' || issuance?.state === 'WAITING_FOR_PIN')
        ? null
        : 'executes nothing'
    }
    case 'FAILED':
      return sameDevice && issuance?.state === 'FAILED' ? null : 'has no failed issuance'
    case 'COMPLETED':
      return sameDevice && issuance?.state === 'COMPLETED' ? null : 'has no completed issuance'
    case 'DENIED':
    case 'CANCELLED':
    case 'EXPIRED':
      return device || issuance ? 'still holds a device' : null
  }
}

const requestsFollow = (state: State): string[] => [
  ...[...state.requests.values()].flatMap(request => {
    const why = requestFollows(state, request)
    return why ? [`the ${request.state} request ${request.type} ${why}`] : []
  }),
  ...[...state.issuances.values()].flatMap(i => {
    if (i.requestId === null || i.state === 'CANCELLED' || i.state === 'COMPLETED') return []
    const request = state.requests.get(i.requestId)
    return request?.issuanceId === i.id ? [] : [`an issuance that is ${i.state} is unknown to its request`]
  }),
]

/** Who is INVALID is so for a reason that somebody can end. */
const invalidForAReason = (state: State, now: number): string[] =>
  [...state.devices.values()].flatMap(device => {
    if (device.state !== 'INVALID') return []
    if (device.invalidBy === null)
      return device.reason === 'EXPIRED' && device.expiresAt !== null && device.expiresAt <= now
        ? []
        : [`${shown(device)} is INVALID by nobody`]
    const by = state.requests.get(device.invalidBy)
    if (by?.deviceId !== device.id) return [`${shown(device)} is INVALID by a request for another device`]
    if (isOpenRequest(by)) return []
    const stands = (id: string): boolean =>
      [...state.devices.values()].some(d => d.temporary && d.requestId === id && living(d)) ||
      [...state.requests.values()].some(
        r => r.replacement?.undo.behind.includes(id) && (isOpenRequest(r) || stands(r.id)),
      )
    return by.state === 'COMPLETED' && by.replacement?.kind === 'TEMPORARY' && stands(by.id)
      ? []
      : [`${shown(device)} is INVALID by a ${by.state} request, and nobody stands in for it`]
  })

const temporaryForAReason = (state: State): string[] =>
  [...state.devices.values()].flatMap(device => {
    if (!device.temporary || !living(device)) return []
    const request = device.requestId ? state.requests.get(device.requestId) : null
    return request?.state === 'COMPLETED' && request.replacement?.kind === 'TEMPORARY'
      ? []
      : [`${shown(device)} is temporary for nobody`]
  })

/** Everything that must hold of what is committed after each step, whatever came before; says what is wrong. */
export const brokenInvariants = (state: State, now: number, manyActive: boolean): string[] => [
  ...(manyActive ? [] : oneActive(state)),
  ...validWithoutDevice(state),
  ...oneOpen(state),
  ...requestsFollow(state),
  ...invalidForAReason(state, now),
  ...temporaryForAReason(state),
]

export const statesOf = (credentials: Iterable<Credential>, deviceId: string): string =>
  [...credentials]
    .filter(c => c.deviceId === deviceId)
    .map(c => `${c.id}=${c.state}`)
    .sort()
    .join(' ')
