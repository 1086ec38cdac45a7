import { compact, type ListSearch, pageParam, textParam, wordParam } from './lists/filters.ts'

type Raw = Record<string, unknown>

export const userSorts = ['displayName', '-displayName', 'createdAt', '-createdAt'] as const
export const deviceSorts = ['serial', '-serial', 'issuedAt', '-issuedAt', 'state'] as const
const statuses = ['ACTIVE', 'DISABLED'] as const
export const deviceStates = [
  'AVAILABLE',
  'ASSIGNED',
  'IN_PRODUCTION',
  'PRODUCED',
  'ISSUED',
  'INVALID',
  'TERMINATED',
] as const

export const deviceForms = ['card', 'key', 'phone'] as const

const list = (raw: Raw): ListSearch =>
  compact({ q: textParam(raw, 'q'), cursor: textParam(raw, 'cursor', 200), page: pageParam(raw) })

export type UsersSearch = Omit<ListSearch, 'sort'> & {
  readonly group?: string
  readonly status?: (typeof statuses)[number]
  readonly sort?: (typeof userSorts)[number]
}
export const usersSearch = (raw: Raw): UsersSearch =>
  compact({
    ...list(raw),
    group: textParam(raw, 'group'),
    status: wordParam(raw, 'status', statuses),
    sort: wordParam(raw, 'sort', userSorts),
  })

export type OperatorsSearch = UsersSearch & { readonly role?: string }
export const operatorsSearch = (raw: Raw): OperatorsSearch =>
  compact({ ...usersSearch(raw), role: textParam(raw, 'role') })

/** What a new one is a duplicate of. */
export const fromSearch = (raw: Raw): { from?: string } => compact({ from: textParam(raw, 'from') })

export type DevicesSearch = Omit<ListSearch, 'sort'> & {
  readonly state?: (typeof deviceStates)[number]
  readonly form?: (typeof deviceForms)[number]
  readonly sort?: (typeof deviceSorts)[number]
}
export const devicesSearch = (raw: Raw): DevicesSearch =>
  compact({
    ...list(raw),
    state: wordParam(raw, 'state', deviceStates),
    form: wordParam(raw, 'form', deviceForms),
    sort: wordParam(raw, 'sort', deviceSorts),
  })

export const requestQueues = ['TO_APPROVE', 'TO_ISSUE', 'ENDED', 'ALL'] as const
export const requestTypes = ['ISSUANCE', 'REPLACEMENT', 'PIN_UNLOCK', 'UPDATE', 'REISSUANCE', 'RECYCLE'] as const
export const requestStates = [
  'PENDING_APPROVAL',
  'APPROVED',
  'EXECUTING',
  'FAILED',
  'COMPLETED',
  'DENIED',
  'CANCELLED',
  'EXPIRED',
] as const
export const replacementReasons = ['LOST', 'STOLEN', 'DAMAGED', 'EXPIRED', 'FORGOTTEN', 'RENEW'] as const
export const requestSorts = ['requestedAt', '-requestedAt', 'user', '-user'] as const
export type RequestsSearch = Omit<ListSearch, 'sort'> & {
  readonly queue?: (typeof requestQueues)[number]
  readonly type?: (typeof requestTypes)[number]
  readonly state?: (typeof requestStates)[number]
  readonly reason?: (typeof replacementReasons)[number]
  /** Of one user or one device only. */
  readonly user?: string
  readonly device?: string
  readonly sort?: (typeof requestSorts)[number]
}
export const requestsSearch = (raw: Raw): RequestsSearch =>
  compact({
    ...list(raw),
    queue: wordParam(raw, 'queue', requestQueues),
    type: wordParam(raw, 'type', requestTypes),
    state: wordParam(raw, 'state', requestStates),
    reason: wordParam(raw, 'reason', replacementReasons),
    user: textParam(raw, 'user', 36),
    device: textParam(raw, 'device', 36),
    sort: wordParam(raw, 'sort', requestSorts),
  })

const addDeviceActions = ['ISSUE', 'ASSIGN', 'PRODUCE'] as const
/** `request` names the request that is executed here. */
export type AddDeviceSearch = { readonly request?: string; readonly action?: (typeof addDeviceActions)[number] }
export const addDeviceSearch = (raw: Raw): AddDeviceSearch =>
  compact({ request: textParam(raw, 'request', 36), action: wordParam(raw, 'action', addDeviceActions) })

/** What is printed once the card is encoded, and where. */
export type PrintSearch = { readonly layout?: string; readonly printer?: string }
export const printSearch = (raw: Raw): PrintSearch =>
  compact({ layout: textParam(raw, 'layout', 36), printer: textParam(raw, 'printer', 400) })

/** `issued` names the issuance that has just brought us here; its device is highlighted once. */
export const userSearch = (raw: Raw): { issued?: string } => compact({ issued: textParam(raw, 'issued') })

export const policiesSearch = (raw: Raw): { retired?: boolean } =>
  compact({ retired: raw.retired === true || undefined })

const directoryTabs = ['settings'] as const
export type DirectorySearch = Pick<ListSearch, 'page' | 'cursor'> & { readonly tab?: (typeof directoryTabs)[number] }
export const directorySearch = (raw: Raw): DirectorySearch =>
  compact({
    tab: wordParam(raw, 'tab', directoryTabs),
    cursor: textParam(raw, 'cursor', 200),
    page: pageParam(raw),
  })

export const questionsSearch = policiesSearch
export const layoutsSearch = policiesSearch

export type AuditSearch = Omit<ListSearch, 'sort'> & {
  readonly action?: string
  readonly from?: string
  readonly to?: string
}
const day = (raw: Raw, name: string): string | undefined => {
  const value = textParam(raw, name, 40)
  return value !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
    ? value
    : undefined
}
export const auditSearch = (raw: Raw): AuditSearch =>
  compact({ ...list(raw), action: textParam(raw, 'action', 80), from: day(raw, 'from'), to: day(raw, 'to') })

/** Both days belong to the range, in the viewer's zone. */
export const dayRange = (from?: string, to?: string): { from?: string; to?: string } =>
  compact({
    from: from ? new Date(`${from}T00:00:00`).toISOString() : undefined,
    to: to ? new Date(`${to}T23:59:59.999`).toISOString() : undefined,
  })
