import { expect, test } from 'vitest'
import { credentialFace, deviceFace, lastFour } from './device.ts'

test('REQUIREMENTS §1: PRODUCED/ASSIGNED is shown as Pending, PRODUCED/FAILED is not, ISSUED is Active', () => {
  expect(deviceFace({ state: 'PRODUCED', reason: 'ASSIGNED' }).word).toBe('Pending')
  expect(deviceFace({ state: 'PRODUCED', reason: 'FAILED' }).word).toBe('Failed')
  expect(deviceFace({ state: 'ISSUED', reason: 'NONE' }).word).toBe('Active')
})

test('a suspended device is still issued, but nobody takes it for active', () => {
  expect(deviceFace({ state: 'ISSUED', reason: 'NONE', suspended: true })).toMatchObject({ tone: 'warn' })
})

test('R-3: a device that is to be replaced says why it is invalid', () => {
  expect(deviceFace({ state: 'INVALID', reason: 'FORGOTTEN' }).word).toBe('Invalid: forgotten')
  expect(deviceFace({ state: 'INVALID', reason: 'NONE' }).word).toBe('Invalid')
})

test('a terminated device says why', () => {
  expect(deviceFace({ state: 'TERMINATED', reason: 'STOLEN' }).word).toBe('Terminated: stolen')
})

test('a revoked certificate stays revoked after its end', () => {
  expect(credentialFace('REVOKED', true).word).toBe('Revoked')
  expect(credentialFace('ON_HOLD', true).word).toBe('Expired')
})

test('short serial numbers are shown whole', () => {
  expect(lastFour('12')).toBe('12')
  expect(lastFour('30123456')).toBe('3456')
})
