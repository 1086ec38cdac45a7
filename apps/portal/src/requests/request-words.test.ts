import { describe, expect, test } from 'vitest'
import { madeUpDevice, madeUpRequest } from './made-up-request.ts'
import { nextOf, requesterOf, shownActions, stepsOf, titleOf, whatOf, whyOf } from './request-words.ts'

const newDevice = madeUpDevice({ serial: '30129999', state: 'ASSIGNED' })
const issuance = madeUpRequest({
  type: 'ISSUANCE',
  device: null,
  reason: null,
  kind: null,
  workflow: null,
  policy: { id: '00000000-0000-4000-8000-000000000009', name: 'Staff' },
})

test('what is asked and why is said in one sentence', () => {
  expect(whatOf(madeUpRequest())).toBe('Replacement: lost')
  expect(whatOf(madeUpRequest({ kind: 'TEMPORARY', reason: 'FORGOTTEN' }))).toBe('Temporary replacement: forgotten')
  expect(whatOf(issuance)).toBe('Issuance by “Staff”')
  expect(titleOf(madeUpRequest())).toBe('Replacement of 30121234 for Anna Weber')
  expect(whyOf(madeUpRequest())).toBe('Anna Weber has lost the device 30121234. A new device replaces it for good.')
  expect(requesterOf(madeUpRequest())).toBe('Anna Weber, the user')
})

describe('who has to do what next', () => {
  const approved = madeUpRequest({ state: 'APPROVED' })
  test.each([
    ['R-9: a user’s request waits for an officer', madeUpRequest(), 'A Validation officer approves or denies it.'],
    ['R-10: issued at a desk', { ...approved, workflow: 'HELP_DESK_LOCAL' }, 'An Issuance officer puts'],
    ['R-11: the user, binding is optional', { ...approved, workflow: 'HELP_DESK_SELF' }, 'Anna Weber issues a blank'],
    ['R-12: the user on the phone', { ...approved, workflow: 'HELP_DESK_REMOTE' }, 'on the phone'],
    ['R-13: issued at a desk after approval', { ...approved, workflow: 'USER_LOCAL' }, 'An Issuance officer puts'],
    ['R-14: somebody binds a device first', approved, 'binds a blank one to Anna Weber'],
    ['R-14: then the user issues it', { ...approved, newDevice }, 'Anna Weber issues the device …9999'],
    [
      'P-5: a produced device waits for activation',
      madeUpRequest({
        state: 'EXECUTING',
        newDevice: madeUpDevice({ serial: '30129999', state: 'PRODUCED', reason: 'ASSIGNED' }),
      }),
      'activates it',
    ],
    [
      'a failed one says what can be done',
      madeUpRequest({ state: 'FAILED', newDevice }),
      'Issuing the device …9999 failed',
    ],
    ['R-6: done, permanent', madeUpRequest({ state: 'COMPLETED', newDevice }), '…9999 replaces …1234'],
    [
      'R-9: denied, and restored',
      madeUpRequest({ state: 'DENIED', decidedBy: 'Ben' }),
      'Ben denied it. The device …1234 is again',
    ],
    [
      'an issuance that was cancelled restores nothing',
      { ...issuance, state: 'CANCELLED', changedBy: 'Cem' },
      'Cem cancelled it.',
    ],
  ] as const)('%s', (_, request, said) => {
    expect(nextOf(request)).toContain(said)
  })
})

test('R-14: the steps name the binding, and only of that workflow', () => {
  const states = (request: typeof issuance) =>
    stepsOf(request)
      ?.map(step => step.state)
      .join(' ')
  expect(states(madeUpRequest())).toBe('done now later later')
  expect(states(madeUpRequest({ state: 'APPROVED' }))).toBe('done done now later')
  expect(states(madeUpRequest({ state: 'APPROVED', newDevice }))).toBe('done done done now')
  expect(states(madeUpRequest({ state: 'APPROVED', workflow: 'HELP_DESK_LOCAL' }))).toBe('done done now')
  expect(states(madeUpRequest({ state: 'EXECUTING', workflow: 'HELP_DESK_LOCAL' }))).toBe('done done now')
  expect(states(madeUpRequest({ state: 'COMPLETED' }))).toBe('done done done done')
  expect(stepsOf(madeUpRequest({ state: 'DENIED' }))).toBeNull()
})

describe('which actions are shown', () => {
  const names = (request: typeof issuance) => shownActions(request).map(a => a.action)
  test('before approval nobody is told that a device cannot be issued yet', () => {
    expect(names(madeUpRequest())).toEqual(['approve', 'deny', 'cancel'])
  })
  test('R-16: what this person may not do is there with the reason', () => {
    const reason = 'You are the requester of this request.'
    const actions = [{ action: 'approve' as const, allowed: false, reason }]
    expect(shownActions(madeUpRequest({ actions }))).toEqual(actions)
  })
  test('an ended request offers nothing', () => {
    const actions = madeUpRequest().actions.map(a => ({ ...a, allowed: false, reason: 'It has ended.' }))
    expect(names(madeUpRequest({ state: 'COMPLETED', actions }))).toEqual([])
  })
  test('after approval only the way of its workflow is greyed, and all that is allowed is there', () => {
    const refuse = (action: 'issue' | 'bind') => ({ action, allowed: false, reason: 'No.' })
    const actions = [refuse('issue'), refuse('bind')]
    expect(names(madeUpRequest({ state: 'APPROVED', actions }))).toEqual(['bind'])
    expect(names(madeUpRequest({ state: 'APPROVED', workflow: 'HELP_DESK_LOCAL', actions }))).toEqual(['issue'])
  })
})
