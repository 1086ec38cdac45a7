import { expect, test } from 'vitest'
import { emptyDraft, type Offer, type OfferedDevice, reportable, settled } from './report.ts'

const device = (id: string, more: Partial<OfferedDevice> = {}): OfferedDevice => ({
  id,
  version: 1,
  serial: id,
  model: 'YubiKey 5.7',
  form: 'key',
  temporary: false,
  reasons: [
    { reason: 'LOST', kind: 'PERMANENT' },
    { reason: 'FORGOTTEN', kind: 'TEMPORARY' },
  ],
  workflows: ['USER_LOCAL', 'USER_SELF'],
  temporaryDays: 14,
  ...more,
})
const offer = (...devices: OfferedDevice[]): Offer => ({ devices, needsApproval: true })

test('R-15: a device that cannot be reported now is not offered', () => {
  expect(reportable(offer(device('a', { reasons: [] }), device('b', { workflows: [] }), device('c')))).toEqual([
    device('c'),
  ])
})

test('R-15: one device and one way need no choice', () => {
  const only = device('a', { workflows: ['USER_LOCAL'] })
  expect(settled(emptyDraft, offer(only))).toEqual({ device: only, reason: null, way: 'USER_LOCAL', asksWay: false })
})

test('R-13, R-14: both ways are asked about', () => {
  const chosen = { ...emptyDraft, reason: 'FORGOTTEN' } as const
  expect(settled(chosen, offer(device('a')))).toMatchObject({ reason: { kind: 'TEMPORARY' }, way: null, asksWay: true })
  expect(settled({ ...chosen, way: 'USER_SELF' }, offer(device('a'))).way).toBe('USER_SELF')
})

test('several devices are asked about, and a choice that is not offered for the device is dropped', () => {
  const two = offer(device('a'), device('b', { reasons: [{ reason: 'LOST', kind: 'PERMANENT' }] }))
  expect(settled({ ...emptyDraft, reason: 'LOST' }, two).device).toBeNull()
  expect(settled({ ...emptyDraft, deviceId: 'b', reason: 'FORGOTTEN' }, two).reason).toBeNull()
})
