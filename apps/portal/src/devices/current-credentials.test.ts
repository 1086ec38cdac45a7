import type { Credential } from '@cardwright/contract'
import { expect, test } from 'vitest'
import { currentCredentials, earlierCredentials } from './current-credentials.ts'

const credential = (id: string, slot: string, day: string, state: Credential['state'] = 'ISSUED'): Credential => ({
  id,
  slot,
  profile: 'piv-authentication',
  algorithm: 'P-256',
  state,
  serialNumber: id,
  subject: '',
  issuer: '',
  notBefore: `2026-01-${day}T00:00:00Z`,
  notAfter: '2029-01-01T00:00:00Z',
})

const old = [credential('a', '9C', '01', 'REVOKED'), credential('b', '9A', '01', 'REVOKED')]
const ids = (list: Credential[]) => list.map(one => one.id)

test('a recycled device shows nothing of its last holder', () => {
  expect(currentCredentials({ state: 'ASSIGNED', credentials: old })).toEqual([])
  expect(ids(earlierCredentials({ state: 'AVAILABLE', credentials: old }))).toEqual(['a', 'b'])
})

test('I-1: a device issued again shows the certificates of this issuance, one a slot', () => {
  const device = {
    state: 'ISSUED' as const,
    credentials: [...old, credential('c', '9A', '20'), credential('d', '9C', '20')],
  }
  expect(ids(currentCredentials(device))).toEqual(['c', 'd'])
  expect(ids(earlierCredentials(device))).toEqual(['a', 'b'])
})

test('a certificate replaced within the same issuance gives way to the one that holds', () => {
  const device = {
    state: 'ISSUED' as const,
    credentials: [credential('x', '9A', '05', 'REVOKED'), credential('y', '9A', '05')],
  }
  expect(ids(currentCredentials(device))).toEqual(['y'])
})

test('a terminated device still shows what it held', () => {
  expect(ids(currentCredentials({ state: 'TERMINATED', credentials: old }))).toEqual(['b', 'a'])
})
