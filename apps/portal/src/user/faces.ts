import type { UserDevice } from '@cardwright/contract'
import type { Tone } from '../theme/tone.ts'
import { type TextKey, t } from './texts/t.ts'

export type Face = { readonly word: string; readonly tone: Tone }

const face = (key: TextKey, tone: Tone): Face => ({ word: t(key), tone })

/** How a device's state is said to its holder (REQUIREMENTS §1: ISSUED is shown as Active, PRODUCED/ASSIGNED as pending). */
export const deviceFace = ({ state, reason, suspended }: Pick<UserDevice, 'state' | 'reason' | 'suspended'>): Face => {
  switch (state) {
    case 'AVAILABLE':
      return face('state.blank', 'quiet')
    case 'ASSIGNED':
      return face('state.assigned', 'info')
    case 'IN_PRODUCTION':
      return face('state.working', 'info')
    case 'PRODUCED':
      return reason === 'FAILED' ? face('state.failed', 'bad') : face('state.pending', 'warn')
    case 'ISSUED':
      return suspended ? face('state.suspended', 'warn') : face('state.active', 'ok')
    case 'INVALID':
      return invalidFace(reason)
    case 'TERMINATED':
      return face('state.terminated', 'quiet')
  }
}

const reported = ['LOST', 'STOLEN', 'DAMAGED', 'FORGOTTEN'] as const

/** INVALID by one's own report or by its end (REQUIREMENTS §1): said as what happened. */
const invalidFace = (reason: UserDevice['reason']): Face => {
  const why = reported.find(known => known === reason)
  if (why) return face(`state.reported.${why}`, 'warn')
  return reason === 'EXPIRED' ? face('state.expired', 'bad') : face('state.invalid', 'bad')
}

type Certificate = Pick<UserDevice['credentials'][number], 'state' | 'notAfter'>

export const certificateFace = ({ state, notAfter }: Certificate, now: number): Face => {
  if (state === 'REVOKED') return face('credential.revoked', 'bad')
  if (Date.parse(notAfter) < now) return face('credential.expired', 'quiet')
  return state === 'ON_HOLD' ? face('credential.onHold', 'warn') : face('credential.valid', 'ok')
}

export const mayBeIssued = (standing: string | null): boolean => standing === 'TO_ISSUE' || standing === 'BLANK'
