import { z } from 'zod'
import { route } from '../route.ts'
import { id, language, pictureUrl, text, timestamp, version } from '../vocabulary.ts'

export const deliveryChannel = z.enum(['PRINT', 'EMAIL'])
/** How the PIN and PUK of an issuance reach the holder; null = not at all (N-1, N-4). */
export const deliveryPlan = z.object({ pin: deliveryChannel.nullable(), puk: deliveryChannel.nullable() })

export const delivery = z.object({
  id,
  deviceId: id.nullable(),
  what: z.enum(['PIN', 'PUK', 'INITIAL_PASSWORD']),
  channel: deliveryChannel,
  /** WAITING: is tried again by itself. FAILED: until somebody repeats it. UNCERTAIN: a letter that may have come out in part. */
  state: z.enum(['WAITING', 'DELIVERED', 'FAILED', 'UNCERTAIN', 'WITHDRAWN']),
  /** The address, or the name of the printer. */
  to: z.string(),
  attempts: z.int(),
  /** 2 and more carry the mark "Copy". */
  copy: z.int().min(1),
  problem: z.object({ code: z.string(), text: z.string(), advice: z.string() }).nullable(),
  createdAt: timestamp,
  endedAt: timestamp.nullable(),
  /** Whether this operator may repeat it now; else why not. */
  repeat: z.object({ allowed: z.boolean(), reason: z.string().optional() }),
})
export type Delivery = z.infer<typeof delivery>

/** Texts of one language; fields in braces as in a layout, and `{pin}`, `{puk}` where the value is to stand. */
const letterTexts = z.object({
  language,
  letterSubject: text(200),
  letterBody: text(4000),
  mailSubject: text(200),
  mailText: text(4000),
  /** Empty = made of the text. */
  mailHtml: text(20_000),
})

/** Bytes of a request with them: the logo and texts in many languages. */
const LETTERS_LIMIT = 2 * 1024 * 1024

const letterSettings = z.object({
  paper: z.enum(['A4', 'LETTER']),
  /** On which side the window of the envelope is. */
  window: z.enum(['LEFT', 'RIGHT']),
  /** SCRAMBLE: the value stands under a pattern. PRESSURE_SEAL: at the place that the form covers. */
  protection: z.enum(['SCRAMBLE', 'PRESSURE_SEAL']),
  /** Of the value on a pressure-seal form, from the upper left corner of the page, in millimetres. */
  sealed: z.object({ x: z.number().min(0).max(280), y: z.number().min(0).max(360) }),
  /** PNG or JPEG; null = none. */
  logo: pictureUrl.nullable(),
  /** Sender's address, small in the window. */
  sender: text(200),
  /** The first is used where the user's language is not there. */
  texts: z.array(letterTexts).min(1).max(20),
})
export type LetterSettings = z.infer<typeof letterSettings>
const stored = z.object({
  version,
  settings: letterSettings,
  changedAt: timestamp.nullable(),
  changedBy: z.string().nullable(),
})
export type StoredLetterSettings = z.infer<typeof stored>

export const deliveryRoutes = {
  deviceDeliveries: route({
    id: 'deviceDeliveries',
    method: 'GET',
    path: '/api/devices/:id/deliveries',
    tag: 'deliveries',
    summary: 'Letters and mails of a device, newest first; never what stands in them',
    access: 'device.read',
    about: 'device',
    params: z.object({ id }),
    answer: z.object({ rows: z.array(delivery) }),
  }),
  repeatDelivery: route({
    id: 'repeatDelivery',
    method: 'POST',
    path: '/api/deliveries/:id/repeat',
    tag: 'deliveries',
    summary: 'Deliver again what failed; a letter that may have come out before is marked as a copy',
    access: 'delivery.repeat',
    about: 'delivery',
    idempotent: true,
    params: z.object({ id }),
    body: z.object({ note: text(500).default('') }),
    answer: delivery,
  }),
  getLetterSettings: route({
    id: 'getLetterSettings',
    method: 'GET',
    path: '/api/settings/letters',
    tag: 'settings',
    summary: 'How PIN letters and mails look',
    access: 'settings.read',
    answer: stored,
  }),
  putLetterSettings: route({
    id: 'putLetterSettings',
    method: 'PUT',
    path: '/api/settings/letters',
    tag: 'settings',
    summary: 'Change how PIN letters and mails look',
    access: 'settings.write',
    needsAllGroups: true,
    bodyLimit: LETTERS_LIMIT,
    body: z.object({ version, settings: letterSettings }),
    answer: stored,
  }),
  previewLetter: route({
    id: 'previewLetter',
    method: 'POST',
    path: '/api/settings/letters/preview',
    tag: 'settings',
    summary: 'The letter with a made-up PIN or PUK, as PDF',
    access: 'settings.read',
    bodyLimit: LETTERS_LIMIT,
    body: z.object({
      settings: letterSettings,
      language,
      what: z.enum(['PIN', 'PUK']).default('PIN'),
    }),
    /** PDF as a base64 data URL, and the mail. */
    answer: z.object({ pdf: z.string(), mail: z.object({ subject: z.string(), text: z.string(), html: z.string() }) }),
  }),
}
