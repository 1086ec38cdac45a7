import type { OwnRequest } from '@cardwright/contract'
import type { Tone } from '../../theme/tone.ts'
import type { Face } from '../faces.ts'
import { t } from '../texts/t.ts'
import { longDay } from './day.ts'

const tones: Readonly<Record<OwnRequest['state'], Tone>> = {
  PENDING_APPROVAL: 'info',
  APPROVED: 'ok',
  EXECUTING: 'info',
  FAILED: 'warn',
  COMPLETED: 'ok',
  DENIED: 'bad',
  CANCELLED: 'quiet',
  EXPIRED: 'quiet',
}

const ended: readonly OwnRequest['state'][] = ['COMPLETED', 'DENIED', 'CANCELLED', 'EXPIRED']
export const isOpen = ({ state }: Pick<OwnRequest, 'state'>): boolean => !ended.includes(state)

export const requestFace = ({ state }: Pick<OwnRequest, 'state'>): Face => ({
  word: t(`request.face.${state}`),
  tone: tones[state],
})

/** What it is about, as its heading. */
export const requestSubject = ({ type, serial }: Pick<OwnRequest, 'type' | 'serial'>): string => {
  if (type !== 'REPLACEMENT') return t(`request.${type}`)
  return t('request.replacement', { serial: serial ?? '' })
}

/** "Reported as lost by you, 21 November 2026". */
export const requestOrigin = ({ reason, own, requestedAt }: OwnRequest): string => {
  const by = t(own ? 'request.byYou' : 'request.byOthers', { date: longDay(requestedAt) })
  return reason ? `${t(`request.${reason}`)} ${by}` : by.charAt(0).toUpperCase() + by.slice(1)
}

/** How it stands and what the holder does now, sentence by sentence. */
export const requestStanding = (request: OwnRequest): string[] => {
  const { state, kind, next, decisionNote, requestedAt, endedAt, type } = request
  const temporary = kind === 'TEMPORARY'
  const date = longDay(endedAt ?? requestedAt)
  const asBefore = type === 'REPLACEMENT' ? [t('request.asBefore')] : []
  switch (state) {
    case 'PENDING_APPROVAL':
      return [t('request.waiting', { date: longDay(requestedAt) })]
    case 'APPROVED':
      if (next === 'COME') return [t(temporary ? 'request.comeTemporary' : 'request.come')]
      if (next === 'SET_UP') return [t(temporary ? 'request.setUpTemporary' : 'request.setUp')]
      return [t('request.getReady')]
    case 'EXECUTING':
      return [t('request.executing')]
    case 'FAILED':
      return [t(next === 'COME' || next === 'SET_UP' ? `request.failed.${next}` : 'request.failed.WAIT')]
    case 'COMPLETED':
      return [t(kind === null ? 'request.completed' : `request.completed.${kind}`)]
    case 'DENIED':
      return [decisionNote === '' ? t('request.deniedPlain') : t('request.denied', { note: decisionNote }), ...asBefore]
    case 'CANCELLED':
      return [t('request.cancelled', { date }), ...asBefore]
    case 'EXPIRED':
      return [t('request.expired', { date }), ...asBefore]
  }
}
