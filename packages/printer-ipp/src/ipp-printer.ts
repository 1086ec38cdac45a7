import type { IppAddress } from './address.ts'
import { createIppClient } from './client.ts'
import { DEFAULT_LIMITS, type IppLimits } from './job/limits.ts'
import { printOrder } from './job/print.ts'
import { lostFault, silentFault } from './job/refusal.ts'
import { attribute } from './message/encode.ts'
import { GROUP, groupOf, OPERATION, succeeded } from './message/message.ts'
import type { PrinterStatus, PrintOrder, PrintOutcome, PrintProgress } from './printer.ts'
import { readStatus, STATUS_ATTRIBUTES, unreadStatus } from './state.ts'

export type IppPrinter = {
  status(): Promise<PrinterStatus>
  print(order: PrintOrder, watch: (progress: PrintProgress) => void, cancelled?: AbortSignal): Promise<PrintOutcome>
}

export type IppPrinterOptions = IppAddress & {
  /** Owner of the jobs in the printer's queue. */
  readonly userName?: string
  readonly limits?: Partial<IppLimits>
  /** Ends the looking for printers that vanished with a job, of which nobody would hear any more. */
  readonly closing?: AbortSignal
}

/** A printer that speaks IPP: IPP Everywhere (PWG 5100.14), or a queue of CUPS. Never throws for what a printer can be. */
export const createIppPrinter = ({
  userName = 'cardwright',
  limits,
  closing,
  ...address
}: IppPrinterOptions): IppPrinter => {
  const client = createIppClient(address, userName)
  const allLimits = { ...DEFAULT_LIMITS, ...limits }
  return {
    async status() {
      const reply = await client.ask({
        operation: OPERATION.getPrinterAttributes,
        operationAttributes: [attribute('keyword', 'requested-attributes', ...STATUS_ATTRIBUTES)],
        timeoutMs: allLimits.answerMs,
      })
      if (reply.kind === 'LOST') return unreadStatus(lostFault(reply.reason))
      const { status } = reply.answer
      return succeeded(status) ? readStatus(groupOf(reply.answer, GROUP.printer)) : unreadStatus(silentFault(status))
    },
    print: (order, watch, cancelled) => printOrder({ client, limits: allLimits, order, watch, cancelled, closing }),
  }
}
