import { permissions, rolePermissions } from '@cardwright/contract'
import type { Device } from '@cardwright/core'
import { expect, test } from 'vitest'
import { deviceActions } from './device-actions.ts'

const device = (change: Partial<Device>): Device => ({
  id: 'id',
  version: 1,
  identity: 'serial:1',
  serial: '1',
  model: 'card',
  form: 'card',
  virtual: true,
  state: 'ISSUED',
  reason: 'NONE',
  suspended: false,
  temporary: false,
  requestId: null,
  invalidBy: null,
  userId: 'user',
  policyId: null,
  policyVersion: null,
  cardUuid: null,
  administrationKey: null,
  pendingAdministrationKey: null,
  keyVersion: 0,
  issuedAt: null,
  expiresAt: null,
  ...change,
})
const facts = { openIssuance: false, openRequest: false, initialPinStored: true }
const allowed = (change: Partial<Device>, other: Partial<typeof facts> = {}) =>
  deviceActions({ device: device(change), ...facts, ...other }, new Set(permissions))
    .filter(a => a.allowed)
    .map(a => a.action)

test.each([
  [{ state: 'ISSUED' }, ['suspend', 'terminate', 'initial-pin', 'unlock', 'replace', 'print']],
  [{ state: 'ISSUED', form: 'key' }, ['suspend', 'terminate', 'initial-pin', 'unlock', 'replace']],
  [{ state: 'ISSUED', suspended: true }, ['resume', 'terminate', 'initial-pin', 'unlock', 'replace']],
  [{ state: 'PRODUCED', reason: 'ASSIGNED' }, ['activate', 'terminate', 'initial-pin', 'print']],
  [{ state: 'PRODUCED', reason: 'FAILED' }, ['recycle', 'terminate']],
  [{ state: 'ASSIGNED' }, ['terminate', 'unassign', 'initial-password']],
  [{ state: 'AVAILABLE' }, ['recycle', 'terminate']],
  [{ state: 'TERMINATED', reason: 'LOST' }, ['recycle']],
  [{ state: 'IN_PRODUCTION' }, []],
  [{ state: 'INVALID', reason: 'LOST', invalidBy: 'request', suspended: true }, ['terminate']],
  [{ state: 'INVALID', reason: 'EXPIRED' }, ['terminate', 'replace']],
  [{ state: 'INVALID', reason: 'FORGOTTEN', invalidBy: 'request' }, ['terminate', 'replace']],
] as const)('%j: %j', (change, expected) => expect(allowed(change)).toEqual(expected))

test('an open issuance leaves recycle only (I-16)', () => {
  expect(allowed({ state: 'PRODUCED', reason: 'FAILED' }, { openIssuance: true })).toEqual(['recycle'])
})

test('R-8: a device whose replacement is requested is replaced there', () => {
  const open = { openRequest: true }
  expect(allowed({ state: 'INVALID', reason: 'FORGOTTEN', invalidBy: 'request' }, open)).toEqual(['terminate'])
})

test('I-10: where no PIN is stored, Get Initial PIN says so instead of answering nothing', () => {
  expect(allowed({}, { initialPinStored: false })).toEqual(['suspend', 'terminate', 'unlock', 'replace', 'print'])
  const actions = deviceActions({ device: device({}), ...facts, initialPinStored: false }, new Set(permissions))
  expect(actions.find(a => a.action === 'initial-pin')?.reason).toMatch(/No PIN is stored/)
})

test('P-6: the card of a suspended device is not printed, and it is said why; on a key nothing is', () => {
  const printOf = (change: Partial<Device>) =>
    deviceActions({ device: device(change), ...facts }, new Set(permissions)).find(a => a.action === 'print')
  expect(printOf({ suspended: true })?.reason).toBe('Not possible while the device is suspended.')
  expect(printOf({ form: 'key' })).toBeUndefined()
})

test('every no has its reason; a missing permission is named in words', () => {
  for (const role of Object.values(rolePermissions)) {
    for (const action of deviceActions({ device: device({}), ...facts }, new Set(role)))
      expect(action.allowed || action.reason).toBeTruthy()
  }
  const officer = deviceActions({ device: device({}), ...facts }, new Set(rolePermissions.ISSUANCE_OFFICER))
  expect(officer.find(a => a.action === 'terminate')?.reason).toContain('“End a device and revoke its credentials”')
})
