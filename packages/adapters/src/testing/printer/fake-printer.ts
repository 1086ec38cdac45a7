import type { Printer, PrinterStatus, PrintOrder, PrintOutcome, PrintProgress } from '@cardwright/core'

/** A printer whose every answer a test gives. One print at a time waits for `end`. */
export type FakePrinter = Printer & {
  readonly orders: readonly PrintOrder[]
  /** Set before it is asked. */
  says: PrinterStatus
  /** Resolves when an order has arrived. */
  arrived(): Promise<PrintOrder>
  tell(progress: PrintProgress): void
  end(outcome: PrintOutcome | Error): void
}

export const createFakePrinter = (): FakePrinter => {
  const orders: PrintOrder[] = []
  let arrival = Promise.withResolvers<PrintOrder>()
  let ending = Promise.withResolvers<PrintOutcome>()
  let watching: (progress: PrintProgress) => void = () => {}
  return {
    orders,
    says: { state: 'READY', faults: [], twoSided: true },
    arrived: () => arrival.promise,
    tell: progress => watching(progress),
    end: outcome => (outcome instanceof Error ? ending.reject(outcome) : ending.resolve(outcome)),
    async status() {
      return this.says
    },
    async print(order, watch, cancelled) {
      orders.push(order)
      watching = watch
      const cancel = () => ending.resolve({ kind: 'CANCELLED' })
      if (cancelled?.aborted) cancel()
      else cancelled?.addEventListener('abort', cancel, { once: true })
      arrival.resolve(order)
      try {
        return await ending.promise
      } finally {
        arrival = Promise.withResolvers()
        ending = Promise.withResolvers()
      }
    },
  }
}
