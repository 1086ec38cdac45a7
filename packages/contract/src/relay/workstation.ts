import { z } from 'zod'

/**
 * What travels between a page and the workstation's client, with the extension in between. Chrome's native messaging takes
 * at most 1 MiB from the client at once, so texts of the relay (messages.ts) travel in parts. One connection of a page is
 * one process of the client; it holds nothing that outlives it.
 */
export const WORKSTATION_PROTOCOL = 1

/** Bytes of one native message, either way. Chrome's own limit for the client's is 1 MiB; ours for the page's is the same. */
export const NATIVE_MESSAGE_LIMIT = 1024 * 1024

/** Name of the native-messaging host, in its manifests and in `chrome.runtime.connectNative`. */
export const NATIVE_HOST = 'org.cardwright.client'

/** An origin as a browser writes it: scheme, host, port unless it is the scheme's own; no path. */
export const webOrigin = z
  .string()
  .max(300)
  .regex(/^https?:\/\/(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?$/)

/** Chrome and Edge: 32 letters from a to p. */
export const extensionId = z.string().regex(/^[a-p]{32}$/)

/** A page of the extension itself: its offline page, which asks for an unblock and never for the relay. */
export const extensionOrigin = z.string().regex(/^chrome-extension:\/\/[a-p]{32}$/)

const version = z.string().max(40)
const readerId = z.string().max(300)
const detail = z.string().max(500)
const hex = z.string().regex(/^([0-9A-F]{2})*$/)

/** A part of a text of the relay: packages/relay/src/chunks.ts cuts and joins; the limit on `text` is its CHUNK_LENGTH. */
const relay = z.strictObject({
  type: z.literal('relay'),
  chunk: z.strictObject({
    id: z.int().min(0),
    part: z.int().min(0).max(1_000),
    parts: z.int().min(1).max(1_000),
    text: z.string().max(150_000),
  }),
})

/** A challenge or its answer as people read them out: letters and digits, perhaps in groups. */
const spoken = z.string().regex(/^[0-9A-Za-z -]{8,200}$/)
/** A gap of a script takes 4 to 8 digits; the policy's own rules are checked by the page before. */
const pin = z.string().regex(/^[0-9]{4,8}$/)

/** Extension → client: before anything else, and only by the extension, which has the origin from the browser. */
export const pageIntroduction = z.strictObject({
  type: z.literal('page'),
  origin: z.union([webOrigin, extensionOrigin]),
  extensionVersion: version,
})

/** Page → client. Nobody knows another type, key or length: what breaks this is `refused` and ends the connection. */
export const fromPage = z.discriminatedUnion('type', [
  /** `protocol`: what the page is going to speak; a client that is too old for it refuses. */
  z.strictObject({ type: z.literal('hello'), protocol: z.int().min(1).max(1_000) }),
  relay,
  /** The page's connection to the server is another one now: cards that the old one opened are let go. */
  z.strictObject({ type: z.literal('relay-reset') }),
  /** What the holder typed, for the session whose `open` names `key`. Secret; never goes to the server. */
  z.strictObject({
    type: z.literal('keep'),
    key: z.uuid(),
    typed: z.strictObject({ pin: pin.optional(), newPin: pin.optional() }),
  }),
  z.strictObject({ type: z.literal('readers') }),
  /** Offline unblock: asks the card for a challenge that the help desk answers. The card stays open for it. */
  z.strictObject({ type: z.literal('unblock-begin'), readerId }),
  z.strictObject({ type: z.literal('unblock-finish'), answer: spoken, newPin: pin }),
  z.strictObject({ type: z.literal('unblock-cancel') }),
])

const clientReader = z.strictObject({
  id: readerId,
  name: z.string().max(300),
  /** Absent = empty. An empty `atr`: the card does not answer, or another program holds it. */
  card: z.strictObject({ atr: hex }).optional(),
})

/** After one of these the client ends; the page shows `detail` and what to do about the code. */
export const clientRefusal = z.enum([
  'ORIGIN_NOT_ALLOWED',
  'EXTENSION_NOT_ALLOWED',
  'CLIENT_NOT_CONFIGURED',
  'MESSAGE_INVALID',
  'TOO_LARGE',
  'PROTOCOL_TOO_NEW',
  'RELAY_BROKEN',
])

/**
 * Why an offline unblock failed. After the two that say so the challenge stands and the same card waits for another
 * `unblock-finish`; after the others begin anew.
 */
export const unblockFailure = z.enum([
  'CARD_REMOVED',
  'CARD_IN_USE',
  'READER_LOST',
  /** The card answered what nobody expects. */
  'CARD_FAILED',
  /** This card cannot be unblocked from afar. */
  'CARD_LACKS_KEY',
  /** Misread or mistyped; `groups` tells where. The challenge stands. */
  'ANSWER_MISTYPED',
  /** The challenge stands. */
  'PIN_MALFORMED',
  /** The answer is for another card or another challenge. */
  'ANSWER_REFUSED',
  /** The card's own rules forbid the new PIN. */
  'PIN_REFUSED',
  'PUK_REFUSED',
  'PUK_BLOCKED',
  /** No challenge is open. */
  'NO_CHALLENGE',
])

/** Client → page. */
export const fromClient = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('welcome'),
    protocol: z.int(),
    version,
    /** As Node names it: `linux`, `win32`, `darwin`. */
    platform: z.string().max(20),
    pcsc: z.strictObject({ available: z.boolean(), message: detail.optional() }),
    printers: z.array(z.strictObject({ id: z.string().max(300), name: z.string().max(300) })).max(64),
    /** False = this client does not look for printers, so an empty list says nothing. */
    printersSupported: z.boolean(),
  }),
  relay,
  z.strictObject({ type: z.literal('relay-reset') }),
  z.strictObject({ type: z.literal('kept'), key: z.uuid() }),
  z.strictObject({
    type: z.literal('readers'),
    readers: z.array(clientReader).max(64),
    pcsc: z.strictObject({ available: z.boolean(), message: detail.optional() }),
  }),
  z.strictObject({ type: z.literal('unblock-challenge'), challenge: spoken, reader: clientReader }),
  z.strictObject({ type: z.literal('unblock-done') }),
  z.strictObject({
    type: z.literal('unblock-failed'),
    code: unblockFailure,
    detail,
    attemptsRemaining: z.int().min(0).max(255).optional(),
    /** Groups of the answer with a slip in them, from 1. */
    groups: z.array(z.int().min(1).max(40)).max(40).optional(),
  }),
  z.strictObject({ type: z.literal('refused'), code: clientRefusal, detail }),
])

export type PageIntroduction = z.infer<typeof pageIntroduction>
export type FromPage = z.infer<typeof fromPage>
export type FromClient = z.infer<typeof fromClient>
export type ClientReader = z.infer<typeof clientReader>
export type ClientRefusal = z.infer<typeof clientRefusal>
export type UnblockFailure = z.infer<typeof unblockFailure>
