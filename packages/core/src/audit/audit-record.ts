/** Who did it: an operator, the user, or the system (`system:sweeper`). */
export type Actor = { readonly kind: 'operator' | 'user' | 'system'; readonly id: string; readonly label: string }

/** One fact for the audit, before it is numbered and chained by the store. Never holds a secret. */
export type AuditFact = {
  readonly at: number
  readonly actor: Actor
  /** `device.issued`, `pin.initial-shown`, … */
  readonly action: string
  readonly object: { readonly type: string; readonly id: string; readonly label: string }
  /** So that a user's and a device's page can show their story. */
  readonly userId: string | null
  readonly deviceId: string | null
  readonly result: 'SUCCESS' | 'FAILURE' | 'DENIED'
  readonly reason: string | null
  readonly details: Readonly<Record<string, string | number | boolean | null>>
}
