import type { RequestView } from '@cardwright/contract'
import { lastFour, type StateFace } from '../format/device.ts'
import { type TextKey, t } from '../texts/t.ts'

type State = RequestView['state']

const faces: Readonly<Record<State, Omit<StateFace, 'word'>>> = {
  PENDING_APPROVAL: { tone: 'warn', icon: 'clock' },
  APPROVED: { tone: 'info', icon: 'check' },
  DENIED: { tone: 'bad', icon: 'cross' },
  CANCELLED: { tone: 'quiet', icon: 'end' },
  EXECUTING: { tone: 'info', icon: 'work' },
  COMPLETED: { tone: 'ok', icon: 'check' },
  FAILED: { tone: 'bad', icon: 'cross' },
  EXPIRED: { tone: 'quiet', icon: 'end' },
}

export const requestFace = (state: State): StateFace => ({ ...faces[state], word: t(`requestState.${state}`) })

export const isOpen = ({ state }: Pick<RequestView, 'state'>): boolean =>
  state === 'PENDING_APPROVAL' || state === 'APPROVED' || isBeingIssued({ state })

export const isBeingIssued = ({ state }: Pick<RequestView, 'state'>): boolean =>
  state === 'EXECUTING' || state === 'FAILED'

/** "Temporary replacement: forgotten", "Issuance by “Staff”": what is wanted, in the fewest words. */
export const whatOf = ({ type, kind, reason, policy }: RequestView): string => {
  if (type === 'REPLACEMENT' && kind && reason) {
    return `${t(`request.what.${kind}`)}: ${t(`replaceReason.${reason}`).toLowerCase()}`
  }
  if (type === 'ISSUANCE' && policy) return t('request.what.ISSUANCE', { policy: policy.name })
  return t(`requestType.${type}`)
}

export const titleOf = ({ type, device, user }: RequestView): string => {
  if (type === 'REPLACEMENT' && device) {
    return t('request.title.REPLACEMENT', { serial: device.serial, user: user.displayName })
  }
  if (type === 'ISSUANCE') return t('request.title.ISSUANCE', { user: user.displayName })
  return t('request.title.other', { type: t(`requestType.${type}`), user: user.displayName })
}

/** What is asked and why, in one breath. */
export const whyOf = ({ type, device, reason, policy, user }: RequestView): string => {
  const name = user.displayName
  if (type === 'REPLACEMENT' && device && reason) {
    return t(`request.why.${reason}`, { user: name, serial: device.serial })
  }
  if (type === 'ISSUANCE' && policy) return t('request.why.ISSUANCE', { user: name, policy: policy.name })
  return t('request.why.other', { type: t(`requestType.${type}`), user: name })
}

export const requesterOf = ({ requestedBy }: Pick<RequestView, 'requestedBy'>): string => {
  if (requestedBy.kind === 'user') return t('request.by', { who: requestedBy.label })
  return requestedBy.kind === 'system' ? t('request.system') : requestedBy.label
}

/** R-11, R-12, R-14. */
export const issuedByUser = ({ workflow }: Pick<RequestView, 'workflow'>): boolean =>
  workflow === 'HELP_DESK_SELF' || workflow === 'USER_SELF' || workflow === 'HELP_DESK_REMOTE'

const whileApproved = (request: RequestView): string => {
  const user = request.user.displayName
  if (!issuedByUser(request)) return t('next.issueAtDesk', { user })
  if (request.workflow === 'HELP_DESK_REMOTE') return t('next.userIssuesPhone', { user })
  if (request.newDevice) return t('next.userIssuesBound', { user, last: lastFour(request.newDevice.serial) })
  // R-14 needs the binding, R-11 only permits it.
  return t(request.workflow === 'USER_SELF' ? 'next.bind' : 'next.userIssues', { user })
}

const completed = ({ kind, device, newDevice, user }: RequestView): string => {
  if (!newDevice) return t('end.COMPLETED.other')
  const last = lastFour(newDevice.serial)
  if (!kind || !device) return t('end.COMPLETED.ISSUANCE', { user: user.displayName, new: last })
  return t(`end.COMPLETED.${kind}`, { new: last, old: lastFour(device.serial) })
}

const restored = (text: string, { device }: RequestView): string =>
  device ? `${text} ${t('end.restored', { last: lastFour(device.serial) })}` : text

/** What happens next and who has to do what; of a request that has ended, how it ended. */
export const nextOf = (request: RequestView): string => {
  const { newDevice } = request
  const last = newDevice ? lastFour(newDevice.serial) : ''
  switch (request.state) {
    case 'PENDING_APPROVAL':
      return t('next.PENDING_APPROVAL')
    case 'APPROVED':
      return whileApproved(request)
    case 'EXECUTING':
      if (!newDevice) return t('next.EXECUTING.unknown')
      return t(newDevice.state === 'PRODUCED' && newDevice.reason === 'ASSIGNED' ? 'next.activate' : 'next.EXECUTING', {
        last,
      })
    case 'FAILED':
      return t('next.FAILED', { last })
    case 'COMPLETED':
      return completed(request)
    case 'DENIED':
      return restored(t('end.DENIED', { by: request.decidedBy ?? request.changedBy }), request)
    case 'CANCELLED':
      return restored(t('end.CANCELLED', { by: request.changedBy }), request)
    case 'EXPIRED':
      return restored(t('end.EXPIRED'), request)
  }
}

export type RequestStep = { readonly label: TextKey; readonly state: 'done' | 'now' | 'later' }

/** Requested → approved → (bound →) issued, as far as it has come; null for one that ended without a device. */
export const stepsOf = (request: RequestView): readonly RequestStep[] | null => {
  const { state, workflow, newDevice } = request
  if (state === 'DENIED' || state === 'CANCELLED' || state === 'EXPIRED') return null
  const labels: TextKey[] = ['step.request.asked', 'step.request.approved']
  if (workflow === 'USER_SELF') labels.push('step.request.bound')
  labels.push('step.request.issued')
  const bound = workflow === 'USER_SELF' && newDevice !== null
  const done =
    state === 'COMPLETED'
      ? labels.length
      : state === 'PENDING_APPROVAL'
        ? 1
        : bound || isBeingIssued(request)
          ? labels.length - 1
          : 2
  return labels.map((label, at) => ({ label, state: at < done ? 'done' : at === done ? 'now' : 'later' }))
}

type Action = RequestView['actions'][number]

/**
 * The actions worth a button: those that may be done, and those that belong to this state but not to this person or
 * moment, with the reason. An ended request offers nothing.
 */
export const shownActions = (request: RequestView): readonly Action[] => {
  const belongs: Readonly<Partial<Record<State, readonly Action['action'][]>>> = {
    PENDING_APPROVAL: ['approve', 'deny', 'cancel'],
    APPROVED: [issuedByUser(request) ? 'bind' : 'issue', 'cancel'],
    EXECUTING: ['cancel'],
  }
  return request.actions.filter(({ action, allowed }) => allowed || (belongs[request.state]?.includes(action) ?? false))
}

export const mayDo = (request: RequestView, action: Action['action']): boolean =>
  request.actions.some(a => a.action === action && a.allowed)

export const reasonAgainst = (request: RequestView, action: Action['action']): string =>
  request.actions.find(a => a.action === action)?.reason ?? t(`requestState.${request.state}`)
