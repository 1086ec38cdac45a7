import { describe, expect, test } from 'vitest'
import type { Device } from './device.ts'
import { deviceTransitions, mayHappen, transition } from './device-states.ts'

const blank: Device = {
  id: 'd',
  version: 1,
  identity: 'serial:1',
  serial: '1',
  model: 'test',
  form: 'card',
  virtual: true,
  state: 'AVAILABLE',
  reason: 'NONE',
  suspended: false,
  temporary: false,
  requestId: null,
  invalidBy: null,
  userId: null,
  policyId: null,
  policyVersion: null,
  cardUuid: null,
  administrationKey: null,
  pendingAdministrationKey: null,
  keyVersion: 0,
  issuedAt: null,
  expiresAt: null,
}

describe('device states', () => {
  test('from blank to Active', () => {
    const started = transition(blank, 'start-production', { userId: 'u' })
    if (!started.ok) throw new Error(started.code)
    expect(started.value).toMatchObject({ state: 'IN_PRODUCTION', reason: 'NONE', userId: 'u' })
    const issued = transition(started.value, 'issued')
    expect(issued).toMatchObject({ ok: true, value: { state: 'ISSUED', userId: 'u' } })
  })

  test('I-15: cancel unbinds; a card that was written to waits for recycling', () => {
    const failed: Device = { ...blank, state: 'PRODUCED', reason: 'FAILED', userId: 'u' }
    expect(transition(failed, 'cancel-touched')).toMatchObject({
      value: { state: 'PRODUCED', reason: 'FAILED', userId: null },
    })
    expect(transition(failed, 'cancel-untouched')).toMatchObject({
      value: { state: 'AVAILABLE', reason: 'NONE', userId: null },
    })
  })

  test('I-16: PRODUCED/FAILED recycles to AVAILABLE/RECYCLE', () => {
    expect(transition({ ...blank, state: 'PRODUCED', reason: 'FAILED' }, 'recycled')).toMatchObject({
      value: { state: 'AVAILABLE', reason: 'RECYCLE', userId: null },
    })
  })

  test('an Active device cannot be recycled or issued again', () => {
    for (const event of ['recycled', 'start-production', 'retry-production', 'bind'] as const)
      expect(mayHappen({ state: 'ISSUED', reason: 'NONE' }, event)).toBe(false)
  })

  test('nothing leads out of TERMINATED but recycling', () => {
    const out = deviceTransitions.filter(t => t.from.some(p => p.state === 'TERMINATED')).map(t => t.event)
    expect(out).toEqual(['recycled'])
  })

  test('at most one row fits each state, reason and event', () => {
    for (const a of deviceTransitions)
      for (const b of deviceTransitions)
        if (a !== b && a.event === b.event) expect(a.from.some(p => b.from.some(q => p.state === q.state))).toBe(false)
  })
})
