import { type Database, type RequestWithView, requestsOfUser } from '@cardwright/adapters/db'
import type { OwnRequest } from '@cardwright/contract'
import {
  type Clock,
  type DeviceRequest,
  isOpenRequest,
  requestMay,
  type Store,
  type UserPortalSettings,
  workflowRow,
} from '@cardwright/core'

const SHOWN_AFTER_END_MS = 30 * 24 * 60 * 60_000

type Standing = {
  readonly userId: string
  readonly whoCanBind: UserPortalSettings['whoCanBind']
  /** A blank device of this user waits to be issued. */
  readonly hasBlank: boolean
}

/** Asked for by this user, and not begun: R-15. */
export const mayCancelOwn = (request: DeviceRequest, userId: string): boolean =>
  request.userId === userId && request.requestedBy.id === userId && requestMay(request, 'cancel')

/** What the user can do for it now. U-3: an unbound device is set up only where users may bind. */
const nextOf = (request: DeviceRequest, { whoCanBind, hasBlank }: Standing): OwnRequest['next'] => {
  const { state, replacement, newDeviceId } = request
  if (!isOpenRequest(request)) return 'NOTHING'
  if (state === 'PENDING_APPROVAL') return 'WAIT'
  if (replacement === null) return state === 'APPROVED' && hasBlank ? 'SET_UP' : 'COME'
  const { issues, binding, form } = workflowRow(replacement.workflow)
  if (issues === 'operator') return state === 'EXECUTING' ? 'WAIT' : 'COME'
  if (newDeviceId !== null || form === 'phone') return 'SET_UP'
  return binding === 'optional' && whoCanBind === 'USER' ? 'SET_UP' : 'WAIT'
}

const ownRequest = ({ request, view }: RequestWithView, standing: Standing): OwnRequest => ({
  id: view.id,
  version: view.version,
  type: view.type,
  state: view.state,
  reason: view.reason,
  kind: view.kind,
  workflow: view.workflow,
  serial: view.device?.serial ?? null,
  requestedAt: view.requestedAt,
  own: request.requestedBy.id === standing.userId,
  decisionNote: view.decisionNote,
  endedAt: view.endedAt,
  mayCancel: mayCancelOwn(request, standing.userId),
  next: nextOf(request, standing),
})

/** A user's own requests, as the User portal tells them. */
export const createOwnRequests = (ports: {
  readonly database: Database
  readonly store: Store
  readonly settings: () => Promise<UserPortalSettings>
  readonly clock: Clock
}) => {
  const { db } = ports.database
  /** Open ones, and those that ended in the last 30 days; newest first. */
  return async (userId: string): Promise<OwnRequest[]> => {
    const { whoCanBind } = await ports.settings()
    const rows = await requestsOfUser(db, 'ALL', userId, ports.clock() - SHOWN_AFTER_END_MS)
    const devices = await ports.store.transaction(tx => tx.devices.ofUser(userId))
    const hasBlank = devices.some(d => d.state === 'ASSIGNED')
    return rows.map(row => ownRequest(row, { userId, whoCanBind, hasBlank }))
  }
}

export type OwnRequests = ReturnType<typeof createOwnRequests>
