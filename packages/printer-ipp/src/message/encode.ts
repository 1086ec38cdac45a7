import { GROUP, TAG } from './message.ts'

/** One attribute with its value tag; more than one value makes it a 1setOf. */
export type RequestAttribute = {
  readonly name: string
  readonly tag: number
  readonly values: readonly (number | boolean | string | readonly RequestAttribute[])[]
}

type IppRequest = {
  /** Two bytes, such as 0x0200 (RFC 8010 §3.4.1). */
  readonly version: number
  readonly operation: number
  readonly requestId: number
  readonly operationAttributes: readonly RequestAttribute[]
  readonly jobAttributes: readonly RequestAttribute[]
}

/** An attribute of a request; the values of a collection are lists of attributes. */
export const attribute = (
  tag: keyof typeof TAG,
  name: string,
  ...values: RequestAttribute['values']
): RequestAttribute => ({ tag: TAG[tag], name, values })

const short = (value: number): Buffer => {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

const integer = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

const field = (bytes: Uint8Array): Buffer => Buffer.concat([short(bytes.length), bytes])
const tagged = (tag: number, name: string, value: Uint8Array): Buffer =>
  Buffer.concat([Buffer.of(tag), field(Buffer.from(name)), field(value)])

const EMPTY = Buffer.alloc(0)

const encodeValue = (tag: number, name: string, value: RequestAttribute['values'][number]): Buffer => {
  if (typeof value === 'number') return tagged(tag, name, integer(value))
  if (typeof value === 'boolean') return tagged(tag, name, Buffer.of(value ? 1 : 0))
  if (typeof value === 'string') return tagged(tag, name, Buffer.from(value))
  // RFC 8010 §3.1.6: members stand between the begin and the end, each with its name as a value of its own.
  return Buffer.concat([
    tagged(TAG.begCollection, name, EMPTY),
    ...value.flatMap(member => [
      tagged(TAG.memberAttrName, '', Buffer.from(member.name)),
      ...member.values.map(one => encodeValue(member.tag, '', one)),
    ]),
    tagged(TAG.endCollection, '', EMPTY),
  ])
}

// RFC 8010 §3.1.5: an additional value has no name.
const encodeAttribute = ({ tag, name, values }: RequestAttribute): Buffer[] =>
  values.map((value, index) => encodeValue(tag, index === 0 ? name : '', value))

/** RFC 8010 §3.1: in UTF-8, without the document that may follow. */
export const encodeRequest = (request: IppRequest): Buffer =>
  Buffer.concat([
    short(request.version),
    short(request.operation),
    integer(request.requestId),
    Buffer.of(GROUP.operation),
    // RFC 8011 §4.1.4: these two come first, in this order.
    ...encodeAttribute(attribute('charset', 'attributes-charset', 'utf-8')),
    ...encodeAttribute(attribute('naturalLanguage', 'attributes-natural-language', 'en')),
    ...request.operationAttributes.flatMap(encodeAttribute),
    ...(request.jobAttributes.length > 0 ? [Buffer.of(GROUP.job)] : []),
    ...request.jobAttributes.flatMap(encodeAttribute),
    Buffer.of(GROUP.end),
  ])
