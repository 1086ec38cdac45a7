import { z } from 'zod'
import { fromFarPrinters, toFarPrinters } from './printing.ts'

/**
 * The relay: what travels between the server and the far end of a card (the workstation's client, or the server's own
 * gateway, which is driven through the same messages). One `run` and its `ran` are one round trip.
 */
const hex = z.string().regex(/^([0-9A-F]{2})*$/)
/** At most 33 bytes (ISO 7816-3 §8.1); PC/SC leaves room for 36. */
const atr = hex.max(72)
const gap = z.object({
  name: z.enum(['pin', 'newPin']),
  offset: z.int().min(5).max(65_535),
  encoding: z.literal('pin8'),
})

export const scriptStep = z.object({
  command: z.string().max(80),
  progress: z.string().max(200).optional(),
  apdus: z.array(hex.min(8).max(131_100)).min(1).max(300),
  accept: z
    .array(z.string().regex(/^[0-9A-FX]{4}$/))
    .min(1)
    .max(16),
  gaps: z.array(gap).max(2).optional(),
  secret: z.boolean().optional(),
})
export const script = z.object({ steps: z.array(scriptStep).min(1).max(200) })

export const scriptResult = z.object({
  results: z.array(z.object({ data: hex.max(131_072), sw: z.string().regex(/^[0-9A-F]{4}$/) })).max(200),
  stopped: z
    .discriminatedUnion('kind', [
      z.object({ step: z.int(), kind: z.literal('status') }),
      z.object({ step: z.int(), kind: z.literal('card-removed') }),
      z.object({ step: z.int(), kind: z.literal('reader-lost') }),
      z.object({ step: z.int(), kind: z.literal('refused'), reason: z.string().max(500) }),
    ])
    .optional(),
  apdus: z.int(),
})

const session = z.uuid()
const message = z.int().min(0)

/** Server → far end. */
export const toFarEnd = z.discriminatedUnion('type', [
  /** Asks for the list now and tells of each change from now on; the answer to it carries the same `message`. */
  z.object({ type: z.literal('watch-readers'), message }),
  /** Opens an exclusive connection, only to the card that was seen: another insertion is refused (I-13). */
  z.object({
    type: z.literal('open'),
    message,
    session,
    readerId: z.string().max(300),
    insertion: z.string().max(100),
    /** Names what the holder typed for this session; the values themselves never come this way. */
    kept: z.uuid().optional(),
  }),
  z.object({ type: z.literal('run'), message, session, script }),
  z.object({ type: z.literal('close'), session }),
  ...toFarPrinters,
])

/** Far end → server. */
export const fromFarEnd = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('readers'),
    /** Absent when nobody asked: something changed. */
    message: message.optional(),
    readers: z
      .array(
        z.object({
          id: z.string().max(300),
          name: z.string().max(300),
          virtual: z.boolean(),
          card: z.object({ atr, insertion: z.string().max(100) }).optional(),
        }),
      )
      .max(64),
  }),
  z.object({ type: z.literal('opened'), message, session, atr }),
  z.object({
    type: z.literal('failed'),
    message,
    code: z.enum(['CARD_REMOVED', 'CARD_EXCHANGED', 'CARD_IN_USE', 'READER_LOST', 'SCRIPT_REFUSED']),
    detail: z.string().max(500),
  }),
  z.object({
    type: z.literal('progress'),
    message,
    session,
    step: z.int(),
    steps: z.int(),
    progress: z.string().max(200).optional(),
  }),
  z.object({ type: z.literal('ran'), message, session, result: scriptResult }),
  ...fromFarPrinters,
])
export type ToFarEnd = z.infer<typeof toFarEnd>
export type FromFarEnd = z.infer<typeof fromFarEnd>
