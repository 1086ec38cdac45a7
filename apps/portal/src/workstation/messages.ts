import type { FromClient, FromExtension, WorkstationNeeds } from '@cardwright/contract'

/** What a page hears of the workstation. */
export type Heard = Exclude<FromClient, { type: `unblock-${string}` | 'readers' }> | FromExtension

type Fields = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null
const isText = (value: unknown): value is string => typeof value === 'string'
const isNumber = (value: unknown): value is number => Number.isSafeInteger(value)

/** The shapes of the contract by hand: its schemas would make the User portal's script twice as large. */
const shapes: { readonly [T in Heard['type']]: (message: Fields) => boolean } = {
  extension: m => isText(m.version),
  'origin-refused': m => isText(m.detail),
  'client-missing': m => isText(m.detail),
  'client-ended': m => isText(m.detail),
  welcome: m =>
    isNumber(m.protocol) && isText(m.version) && isText(m.platform) && isObject(m.pcsc) && Array.isArray(m.printers),
  relay: ({ chunk: c }) => isObject(c) && isNumber(c.id) && isNumber(c.part) && isNumber(c.parts) && isText(c.text),
  'relay-reset': () => true,
  kept: m => isText(m.key),
  refused: m => isText(m.code) && isText(m.detail),
}

/** Null for what this page does not know. */
export const readHeard = (message: unknown): Heard | null => {
  if (!isObject(message) || !isText(message.type) || !Object.hasOwn(shapes, message.type)) return null
  return shapes[message.type as Heard['type']](message) ? (message as Heard) : null
}

export const readNeeds = (answer: unknown): WorkstationNeeds | null => {
  if (!isObject(answer) || !isText(answer.origin)) return null
  const { extension: e, client: c } = answer
  const good = isObject(e) && isText(e.id) && isText(e.leastVersion) && isText(e.zip)
  return good && isObject(c) && isText(c.leastVersion) && Array.isArray(c.files) ? (answer as WorkstationNeeds) : null
}
