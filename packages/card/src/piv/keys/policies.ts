/**
 * Yubico's key policies (yubikey-manager, yubikit/piv.py). `default` leaves the choice to the card: 9C always,
 * 9E never, others once; touch never.
 */
export const PIN_POLICIES = { default: 0, never: 1, once: 2, always: 3, 'match-once': 4, 'match-always': 5 } as const
/** `cached` = a touch counts for 15 seconds (firmware 4.3 and later). */
export const TOUCH_POLICIES = { default: 0, never: 1, always: 2, cached: 3 } as const

export type PinPolicy = keyof typeof PIN_POLICIES
export type TouchPolicy = keyof typeof TOUCH_POLICIES

export function pinPolicyById(id: number): PinPolicy | undefined {
  return (Object.keys(PIN_POLICIES) as PinPolicy[]).find(name => PIN_POLICIES[name] === id)
}

export function touchPolicyById(id: number): TouchPolicy | undefined {
  return (Object.keys(TOUCH_POLICIES) as TouchPolicy[]).find(name => TOUCH_POLICIES[name] === id)
}
