import { asApiError, isOutcome } from '../api/api-error.ts'

/**
 * Tries to print what an issuance encoded. They have one name for every tab and reload until the server has refused one: an
 * answer that was lost is asked for again, and no card is printed twice. After a refusal, a try has the name given to it.
 * The server keeps refusals by name: on a page opened later one may be old, and is asked for anew at once.
 */
export const printTries = (issuanceId: string) => {
  let refused = false
  return async <Out>(
    { name, openedLater }: { readonly name: string; readonly openedLater: boolean },
    send: (idempotencyKey: string) => Promise<Out>,
  ): Promise<Out> => {
    if (refused) return send(name)
    try {
      return await send(`print-${issuanceId}`)
    } catch (error) {
      refused = isOutcome(asApiError(error))
      if (refused && openedLater) return send(name)
      throw error
    }
  }
}
