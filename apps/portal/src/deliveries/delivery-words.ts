import type { Delivery } from '@cardwright/contract'
import type { StateFace } from '../format/device.ts'
import { t } from '../texts/t.ts'

type Named = Pick<Delivery, 'what' | 'channel'>

export const whatOf = ({ what }: Pick<Delivery, 'what'>): string => t(`delivery.what.${what}`)

/** Such as "PIN letter". */
export const nameOf = (delivery: Named): string => t(`delivery.${delivery.channel}`, { what: whatOf(delivery) })

const faces = {
  WAITING: { tone: 'info', icon: 'clock' },
  DELIVERED: { tone: 'ok', icon: 'check' },
  FAILED: { tone: 'bad', icon: 'cross' },
  UNCERTAIN: { tone: 'warn', icon: 'cross' },
  WITHDRAWN: { tone: 'quiet', icon: 'end' },
} as const

/** A mail server that took a mail over is all that is known of a mail; a letter came out. */
export const deliveryFace = ({ state, channel }: Pick<Delivery, 'state' | 'channel'>): StateFace => ({
  ...faces[state],
  word: t(state === 'DELIVERED' ? `delivery.state.${channel}.DELIVERED` : `delivery.state.${state}`),
})

/** It ended without having reached anybody for certain: what can be repeated, or cannot and says why. */
export const wantsRepeat = ({ state }: Pick<Delivery, 'state'>): boolean => state === 'FAILED' || state === 'UNCERTAIN'
