import { fromClient, fromExtension } from '@cardwright/contract'
import { expect, test } from 'vitest'
import { readHeard } from './messages.ts'
import { isAtLeast } from './versions.ts'

const messages = [
  { type: 'extension', version: '1.0.0' },
  { type: 'origin-refused', detail: 'x' },
  { type: 'client-missing', detail: 'x' },
  { type: 'client-ended', detail: 'x' },
  { type: 'relay', chunk: { id: 0, part: 0, parts: 1, text: '{}' } },
  { type: 'relay-reset' },
  { type: 'kept', key: '6f9619ff-8b86-4d11-b42d-00cf4fc964ff' },
  { type: 'refused', code: 'TOO_LARGE', detail: 'x' },
  {
    type: 'welcome',
    protocol: 1,
    version: '1.0.0',
    platform: 'linux',
    pcsc: { available: false, message: 'x' },
    printers: [],
    printersSupported: false,
  },
]

test.each(messages)('the page understands $type as the contract has it', message => {
  expect([fromClient, fromExtension].some(schema => schema.safeParse(message).success)).toBe(true)
  expect(readHeard(message)).toEqual(message)
})

test.each(messages.filter(message => Object.keys(message).length > 1))(
  'the page does not take $type without its fields',
  ({ type }) => {
    expect(readHeard({ type })).toBeNull()
  },
)

test.each([null, 'welcome', 7, [], {}, { type: 'constructor' }, { type: 'unblock-done' }])(
  'the page does not take %j',
  message => {
    expect(readHeard(message)).toBeNull()
  },
)

test.each([
  ['1.0.0', '1.0.0', true],
  ['1.10.0', '1.9.9', true],
  ['1.9.9', '1.10.0', false],
  ['2', '1.9', true],
  ['1.0', '1.0.0', true],
  ['', '0.1.0', false],
  ['newest', '0.1.0', false],
])('version %s is as new as %s: %s', (version, least, expected) => {
  expect(isAtLeast(version, least)).toBe(expected)
})
