import type { AuditFact } from './audit-record.ts'

/** A fact as it stands in the chain; numbers start at 1 and have no gap. */
export type AuditRecord = AuditFact & { readonly sequence: number }

/** How many records there are and the MAC of the newest; sealed by a MAC of its own, so a cut-off tail shows. */
export type AuditHead = { readonly count: number; readonly lastMac: Uint8Array }

/** Name of the key under the keys port. */
export const auditKeyName = 'audit'
/** What the first record is chained to. */
export const noPreviousMac: Uint8Array = new Uint8Array(32)

type JsonValue = string | number | boolean | null | { readonly [name: string]: JsonValue }

/**
 * JSON with one spelling per value, after RFC 8785 §3.2: members sorted by UTF-16 code units, no white space, numbers and
 * strings as ECMAScript writes them. Refuses what JSON cannot say, since it would read back as something else.
 */
export const canonicalJson = (value: JsonValue): string => {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new RangeError('A number in an audit record is not finite')
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.keys(value)
    .sort()
    .map(name => `${JSON.stringify(name)}:${canonicalJson(value[name] ?? null)}`)
  return `{${members.join(',')}}`
}

const storableText = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD')

/**
 * The fact as a database gives it back: half surrogate pairs and NUL cannot be stored as text (PostgreSQL §8.3), and a
 * record that reads back differently would look forged. Do this before the MAC is made.
 */
export const storableFact = (fact: AuditFact): AuditFact => ({
  at: Math.trunc(fact.at),
  actor: { kind: fact.actor.kind, id: storableText(fact.actor.id), label: storableText(fact.actor.label) },
  action: storableText(fact.action),
  object: {
    type: storableText(fact.object.type),
    id: storableText(fact.object.id),
    label: storableText(fact.object.label),
  },
  userId: fact.userId === null ? null : storableText(fact.userId),
  deviceId: fact.deviceId === null ? null : storableText(fact.deviceId),
  result: fact.result,
  reason: fact.reason === null ? null : storableText(fact.reason),
  details: Object.fromEntries(
    Object.entries(fact.details).map(([name, value]) => [
      storableText(name),
      typeof value === 'string' ? storableText(value) : Object.is(value, -0) ? 0 : value,
    ]),
  ),
})

/** The first line keeps a record's MAC from ever being good for a head, and the other way round. */
const withPurpose = (purpose: string, json: string, mac: Uint8Array): Uint8Array => {
  const text = new TextEncoder().encode(`cardwright ${purpose} 1\n${json}\n`)
  const bytes = new Uint8Array(text.length + mac.length)
  bytes.set(text)
  bytes.set(mac, text.length)
  return bytes
}

/** What a record's MAC is made over: the record and the MAC before it, so that neither order nor content can change. */
export const recordBytes = (record: AuditRecord, previousMac: Uint8Array): Uint8Array =>
  withPurpose(
    'audit record',
    canonicalJson({
      sequence: record.sequence,
      at: record.at,
      actor: { kind: record.actor.kind, id: record.actor.id, label: record.actor.label },
      action: record.action,
      object: { type: record.object.type, id: record.object.id, label: record.object.label },
      userId: record.userId,
      deviceId: record.deviceId,
      result: record.result,
      reason: record.reason,
      details: record.details,
    }),
    previousMac,
  )

export const headBytes = (head: AuditHead): Uint8Array =>
  withPurpose('audit head', canonicalJson({ count: head.count }), head.lastMac)

/** Time does not depend on where two MACs differ. */
export const sameMac = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0)
  return difference === 0
}
