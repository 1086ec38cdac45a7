import { z } from 'zod'
import { printerFaultCode } from '../http/printing.ts'
import { base64 } from '../vocabulary.ts'

/**
 * The part of the relay that prints. A card's document travels whole in one message, which the workstation's parts carry
 * (relay/src/chunks.ts); so the limits below together stay under the longest text that is put together there.
 */
const message = z.int().min(0)
const queue = z.string().min(1).max(300)
const job = z.uuid()
const fault = z.object({
  code: printerFaultCode,
  severity: z.enum(['WARNING', 'ERROR']),
  keyword: z.string().max(500),
})

/** Server → far end. */
export const toFarPrinters = [
  /** Asks what the local queues are now. */
  z.object({ type: z.literal('list-printers'), message }),
  /** One job is one try: a `job` that was sent before is refused. */
  z.object({
    type: z.literal('print'),
    job,
    queue,
    /** Shown in the queue: never a name. */
    jobName: z.string().max(80),
    media: z.literal('CR80'),
    pdf: base64(12_000_000),
    /** PNG, front and back. */
    pictures: z.array(base64(6_000_000)).min(1).max(2),
    twoSided: z.boolean(),
  }),
  z.object({ type: z.literal('cancel-print'), job }),
] as const

/** Far end → server. */
export const fromFarPrinters = [
  z.object({
    type: z.literal('printers'),
    message,
    printers: z
      .array(
        z.object({
          queue,
          name: z.string().max(300),
          state: z.enum(['READY', 'BUSY', 'FAULT']),
          faults: z.array(fault).max(16),
          twoSided: z.boolean(),
        }),
      )
      .max(64),
  }),
  z.object({ type: z.literal('print-progress'), job, progress: z.number().min(0).max(1), waitsFor: fault.nullable() }),
  z.object({
    type: z.literal('print-ended'),
    job,
    outcome: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('PRINTED') }),
      z.object({ kind: z.literal('FAILED'), fault, paperMayHaveMoved: z.boolean() }),
      z.object({ kind: z.literal('CANCELLED') }),
    ]),
  }),
] as const

export type ToFarPrinters = z.infer<(typeof toFarPrinters)[number]>
export type FromFarPrinters = z.infer<(typeof fromFarPrinters)[number]>
