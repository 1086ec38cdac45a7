import type { Device } from '../device/device.ts'

/** The two values of a card that its holder is told. */
export type DeliveredKind = 'PIN' | 'PUK'
export type DeliveryChannel = 'PRINT' | 'EMAIL'

/**
 * FAILED: nothing was delivered, until somebody repeats it. UNCERTAIN: a letter may have come out, in whole or in part.
 * WITHDRAWN: what it would have brought is no longer good.
 */
export type DeliveryState = 'WAITING' | 'DELIVERED' | 'FAILED' | 'UNCERTAIN' | 'WITHDRAWN'

/** How the PIN and PUK of an issuance are to reach the holder; null = not at all. */
export type DeliveryPlan = { readonly pin: DeliveryChannel | null; readonly puk: DeliveryChannel | null }

export const noDelivery: DeliveryPlan = { pin: null, puk: null }

/** The values of CardsPINDeliveryMethod and CardsPUKDeliveryMethod (N-1, N-3). */
export type DeliveryMethods = {
  readonly CardsPINDeliveryMethod: 'print' | 'email' | 'nopin'
  readonly CardsPUKDeliveryMethod: 'print' | 'email' | 'nopuk'
}

const channels = { print: 'PRINT', email: 'EMAIL', nopin: null, nopuk: null } as const

/**
 * N-4: only what nobody typed is delivered, and nothing where the holder chooses the PIN at the end. One rule for PIN and
 * PUK (docs/adr/0012): where a PIN is typed, its holder stands there.
 */
export const planDelivery = (
  methods: DeliveryMethods,
  { pinIsGenerated, changePin }: { readonly pinIsGenerated: boolean; readonly changePin: boolean },
): DeliveryPlan =>
  pinIsGenerated && !changePin
    ? { pin: channels[methods.CardsPINDeliveryMethod], puk: channels[methods.CardsPUKDeliveryMethod] }
    : noDelivery

/**
 * Whether a PIN or PUK that still waits is of use to the holder of this device. Of a forgotten or damaged one it is: the
 * request may be cancelled. One in the wrong hands must not be opened by a letter that comes later.
 */
export const mayStillBeDelivered = ({ state, reason }: Pick<Device, 'state' | 'reason'>): boolean =>
  state === 'ISSUED' ||
  (state === 'PRODUCED' && reason === 'ASSIGNED') ||
  (state === 'INVALID' && reason !== 'LOST' && reason !== 'STOLEN')

/** A letter or mail that is to bring the stored PIN or PUK of one issuance; it has no copy of the value. */
export type NewDelivery = {
  readonly id: string
  readonly userId: string
  readonly deviceId: string
  readonly issuanceId: string
  readonly kind: DeliveredKind
  readonly channel: DeliveryChannel
  readonly createdAt: number
  /** Milliseconds since 1970. Nobody tries after this by themselves. */
  readonly tryUntil: number
}

/** The wish to carry one out, for the outbox. */
export const deliveryMessage = ({ id, channel }: Pick<NewDelivery, 'id' | 'channel'>) =>
  ({ kind: channel === 'PRINT' ? 'letter.print' : 'mail.deliver', deliveryId: id }) as const
