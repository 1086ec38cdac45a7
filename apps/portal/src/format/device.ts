import type { Device } from '@cardwright/contract'
import { type TextKey, t, textFor } from '../texts/t.ts'
import type { Tone } from '../theme/tone.ts'

export type StateFace = {
  readonly word: string
  readonly tone: Tone
  readonly icon: 'check' | 'clock' | 'cross' | 'pause' | 'blank' | 'user' | 'work' | 'end'
}

type State = Pick<Device, 'state' | 'reason'> & { readonly suspended?: boolean }

/** How a device state is shown: PRODUCED waits for activation and is Pending, ISSUED is Active (REQUIREMENTS §1). */
export const deviceFace = ({ state, reason, suspended = false }: State): StateFace => {
  switch (state) {
    case 'AVAILABLE':
      return { word: t(reason === 'RECYCLE' ? 'state.recycled' : 'state.blank'), tone: 'quiet', icon: 'blank' }
    case 'ASSIGNED':
      return { word: t('state.assigned'), tone: 'info', icon: 'user' }
    case 'IN_PRODUCTION':
      return { word: t('state.inProduction'), tone: 'info', icon: 'work' }
    case 'PRODUCED':
      return reason === 'FAILED'
        ? { word: t('state.failed'), tone: 'bad', icon: 'cross' }
        : { word: t('state.pending'), tone: 'warn', icon: 'clock' }
    case 'ISSUED':
      return suspended
        ? { word: t('state.suspended'), tone: 'warn', icon: 'pause' }
        : { word: t('state.active'), tone: 'ok', icon: 'check' }
    case 'INVALID':
      return { word: textFor(`invalid.${reason}`, {}, t('state.invalid')), tone: 'bad', icon: 'cross' }
    case 'TERMINATED': {
      const why = `terminated.${reason}` as TextKey
      return { word: reason === 'NONE' ? t('state.terminated') : t(why), tone: 'quiet', icon: 'end' }
    }
  }
}

export const credentialFace = (state: 'ISSUED' | 'ON_HOLD' | 'REVOKED', expired: boolean): StateFace => {
  if (state === 'REVOKED') return { word: t('credential.revoked'), tone: 'bad', icon: 'cross' }
  if (expired) return { word: t('credential.expired'), tone: 'quiet', icon: 'end' }
  if (state === 'ON_HOLD') return { word: t('credential.onHold'), tone: 'warn', icon: 'pause' }
  return { word: t('credential.valid'), tone: 'ok', icon: 'check' }
}

export const lastFour = (serial: string): string => serial.slice(-4)
