/**
 * How much a peer may send: so much at once, and so much again for each second. Reading messages costs everybody's time,
 * and anybody may begin a visit and connect.
 */
export type Allowance = { take(amount: number): boolean }

export const createAllowance = (
  rule: { readonly atOnce: number; readonly perSecond: number },
  now: () => number,
): Allowance => {
  let left = rule.atOnce
  let at = now()
  return {
    take: amount => {
      const then = now()
      left = Math.min(rule.atOnce, left + ((then - at) / 1000) * rule.perSecond) - amount
      at = then
      return left >= 0
    },
  }
}
