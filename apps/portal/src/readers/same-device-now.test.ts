import type { Reader } from '@cardwright/contract'
import { expect, test } from 'vitest'
import { sameDeviceNow } from './same-device-now.ts'

const reader = (insertion: string, serial: string | null, id = 'workstation:s:one'): Reader => ({
  id,
  name: 'One',
  virtual: false,
  where: 'WORKSTATION',
  busy: false,
  drawer: [],
  card: { serial, model: 'YubiKey', form: 'key', insertion, known: null, problem: null },
})

test('the same device under the name that the client gives it now', () => {
  expect(sameDeviceNow(reader('a', '41'), [reader('x', '7', 'other'), reader('b', '41')]).card?.insertion).toBe('b')
})

test('another device, none, or one without a serial number is taken for nothing else', () => {
  expect(sameDeviceNow(reader('a', '41'), [reader('b', '42')]).card?.insertion).toBe('a')
  expect(sameDeviceNow(reader('a', '41'), [{ ...reader('b', '41'), card: null }]).card?.insertion).toBe('a')
  expect(sameDeviceNow(reader('a', '41'), []).card?.insertion).toBe('a')
  expect(sameDeviceNow(reader('a', null), [reader('b', null)]).card?.insertion).toBe('a')
})
