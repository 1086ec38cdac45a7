import { expect, test } from 'vitest'
import { certificateFace, deviceFace, mayBeIssued } from './faces.ts'

const now = Date.parse('2026-11-21T00:00:00Z')

test('REQUIREMENTS §1: ISSUED is shown as Active, unless it is suspended', () => {
  expect(deviceFace({ state: 'ISSUED', reason: 'NONE', suspended: false })).toMatchObject({
    word: 'Active',
    tone: 'ok',
  })
  expect(deviceFace({ state: 'ISSUED', reason: 'NONE', suspended: true }).tone).toBe('warn')
})

test('REQUIREMENTS §1: a produced device waits for activation or has failed', () => {
  const produced = { state: 'PRODUCED', suspended: false } as const
  expect(deviceFace({ ...produced, reason: 'ASSIGNED' }).tone).toBe('warn')
  expect(deviceFace({ ...produced, reason: 'FAILED' }).tone).toBe('bad')
})

test('R-3: a device that its holder has reported says so', () => {
  const invalid = { state: 'INVALID', suspended: false } as const
  expect(deviceFace({ ...invalid, reason: 'LOST' })).toEqual({ word: 'Stopped: reported as lost', tone: 'warn' })
  expect(deviceFace({ ...invalid, reason: 'EXPIRED' }).word).toBe('Expired')
  expect(deviceFace({ ...invalid, reason: 'RENEW' }).word).toBe('No longer valid')
})

test('a certificate that was revoked stays revoked after its end; one on hold is expired after it', () => {
  const notAfter = '2026-11-20T00:00:00Z'
  expect(certificateFace({ state: 'REVOKED', notAfter }, now).word).toBe('Revoked')
  expect(certificateFace({ state: 'ON_HOLD', notAfter }, now).word).toBe('Expired')
  expect(certificateFace({ state: 'ISSUED', notAfter: '2026-11-22T00:00:00Z' }, now).word).toBe('Valid')
})

test('U-3: only what is bound to this person, or to nobody, can be issued', () => {
  const standings = ['TO_ISSUE', 'BLANK', 'ACTIVE', 'NOT_USABLE', 'UNFINISHED', 'NOT_YOURS', null]
  expect(standings.filter(mayBeIssued)).toEqual(['TO_ISSUE', 'BLANK'])
})
