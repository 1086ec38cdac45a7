/** Why something is not delivered. The code is for operators (core's delivery-problems.ts); there is nothing secret in it. */
export class DeliveryError extends Error {
  readonly code: string
  /** Trying again by itself would be in vain. */
  readonly permanent: boolean
  constructor(code: string, permanent: boolean, options?: ErrorOptions) {
    super(code, options)
    this.name = 'DeliveryError'
    this.code = code
    this.permanent = permanent
  }
}
