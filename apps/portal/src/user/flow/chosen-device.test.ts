import type { UserReaderList } from '@cardwright/contract'
import { expect, test } from 'vitest'
import { mayBeIssued } from '../faces.ts'
import { type Card, chosenDevice, connectedDevices, insertionOf } from './chosen-device.ts'

const reader = (id: string, standing: Card['standing']) => ({
  id,
  name: `Reader ${id}`,
  busy: false,
  card: { serial: id, model: 'YubiKey 5', form: 'key', insertion: `${id}-1`, problem: null, standing, deviceId: null },
})
const list = (...readers: unknown[]) => ({ connected: true, readers }) as UserReaderList
const fits = ({ standing }: Card) => mayBeIssued(standing)
const empty = { id: '9', name: 'Reader 9', busy: false, card: null }

test('U-3: the only device is the one that is meant, empty readers do not count', () => {
  const devices = connectedDevices(list(empty, reader('1', null)))
  expect(chosenDevice(devices, null)?.reader.id).toBe('1')
})

test('U-3: of several, none is meant before one is picked, unless only one can be issued', () => {
  const unknown = connectedDevices(list(reader('1', null), reader('2', null)))
  expect(chosenDevice(unknown, null, fits)).toBeNull()
  const known = connectedDevices(list(reader('1', 'NOT_YOURS'), reader('2', 'TO_ISSUE')))
  expect(chosenDevice(known, null, fits)?.reader.id).toBe('2')
  const two = connectedDevices(list(reader('1', 'BLANK'), reader('2', 'TO_ISSUE')))
  expect(chosenDevice(two, null, fits)).toBeNull()
})

test('I-13: a device that was taken out and put in again is to be picked anew', () => {
  const devices = connectedDevices(list(reader('1', null), reader('2', null)))
  const [first] = devices
  if (!first) throw new Error('no device')
  expect(chosenDevice(devices, insertionOf(first))).toBe(first)
  expect(chosenDevice(devices, { readerId: '1', insertion: '1-0' })).toBeNull()
})

test('a device that was picked before the login is still the one that is meant after it', () => {
  const at = (visit: string) =>
    connectedDevices(
      list(...['1', '2'].map(n => ({ ...reader(n, 'BLANK'), id: `workstation:${visit}:Desk reader: ${n}` }))),
    )
  const [before] = at('before')
  if (!before) throw new Error('no device')
  const after = at('after')
  expect(chosenDevice(after, insertionOf(before))).toBe(after[0])
})
