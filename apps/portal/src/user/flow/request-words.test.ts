import type { OwnRequest } from '@cardwright/contract'
import { expect, test } from 'vitest'
import { isOpen, requestFace, requestOrigin, requestStanding, requestSubject } from './request-words.ts'

const request = (more: Partial<OwnRequest> = {}): OwnRequest => ({
  id: '5ac0ff1e-0000-4000-8000-000000000001',
  version: 1,
  type: 'REPLACEMENT',
  state: 'PENDING_APPROVAL',
  reason: 'LOST',
  kind: 'PERMANENT',
  workflow: 'USER_LOCAL',
  serial: '22192521',
  requestedAt: '2026-11-21T12:00:00Z',
  own: true,
  decisionNote: '',
  endedAt: null,
  mayCancel: true,
  next: 'WAIT',
  ...more,
})
const standing = (more: Partial<OwnRequest>) => requestStanding(request(more)).join(' ')

test('R-9: until somebody has approved it, it waits since when it was made', () => {
  expect(standing({})).toBe('Waiting for approval since 21 November 2026. You do not have to do anything.')
})

test('R-13: at a desk; a temporary device is called one', () => {
  expect(standing({ state: 'APPROVED', next: 'COME' })).toContain('Come to the desk')
  expect(standing({ state: 'APPROVED', next: 'COME', kind: 'TEMPORARY' })).toContain('your temporary device')
})

test('R-14: by oneself, once a device is bound', () => {
  expect(standing({ state: 'APPROVED', next: 'WAIT' })).toContain('being made ready')
  expect(standing({ state: 'APPROVED', next: 'SET_UP' })).toContain('set up your new device now')
  expect(standing({ state: 'FAILED', next: 'SET_UP' })).toContain('try again')
})

test('R-9: a denial gives its reason and says that the device is restored', () => {
  expect(standing({ state: 'DENIED', decisionNote: 'You have it, see camera 3.', next: 'NOTHING' })).toBe(
    'It was denied: “You have it, see camera 3.” The device is as it was before the report.',
  )
})

test('R-4: taken back and ended by time, on the day of the end', () => {
  const at = { endedAt: '2026-11-23T12:00:00Z', next: 'NOTHING' } as const
  expect(standing({ state: 'CANCELLED', ...at })).toContain('23 November 2026')
  expect(standing({ state: 'EXPIRED', ...at })).toContain('23 November 2026')
})

test('R-5: who has a temporary device is told that it goes back', () => {
  expect(standing({ state: 'COMPLETED', kind: 'TEMPORARY' })).toContain('give the temporary one back')
  expect(standing({ state: 'COMPLETED', type: 'ISSUANCE', kind: null, reason: null })).toBe('This is done.')
})

test('what it is about, and who asked', () => {
  expect(requestSubject(request())).toBe('Device with number 22192521')
  expect(requestSubject(request({ type: 'ISSUANCE', serial: null }))).toBe('A new device for you')
  expect(requestOrigin(request())).toBe('Reported as lost by you, 21 November 2026')
  expect(requestOrigin(request({ type: 'ISSUANCE', reason: null, own: false }))).toBe(
    'By the help desk, 21 November 2026',
  )
})

test('REQUIREMENTS §1: open is what has not ended', () => {
  const states = ['PENDING_APPROVAL', 'APPROVED', 'EXECUTING', 'FAILED', 'COMPLETED', 'DENIED'] as const
  expect(states.filter(state => isOpen({ state }))).toEqual(['PENDING_APPROVAL', 'APPROVED', 'EXECUTING', 'FAILED'])
  expect(requestFace({ state: 'DENIED' })).toEqual({ word: 'Denied', tone: 'bad' })
})
