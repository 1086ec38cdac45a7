import { permissions, rolePermissions } from '@cardwright/contract'
import { type Actor, type DeviceRequest, defaultLifecycleSettings, type Workflow } from '@cardwright/core'
import { expect, test } from 'vitest'
import { type Asking, requestActions } from './request-actions.ts'

const actor = (id: string): Actor => ({ kind: 'operator', id, label: id })
const replacement = (workflow: Workflow): DeviceRequest['replacement'] => ({
  reason: 'LOST',
  kind: 'PERMANENT',
  workflow,
  undo: { state: 'ISSUED', reason: 'NONE', suspended: false, held: [], behind: [] },
})
const request = (change: Partial<DeviceRequest>): DeviceRequest => ({
  id: 'request',
  version: 1,
  type: 'REPLACEMENT',
  state: 'APPROVED',
  userId: 'user',
  deviceId: 'device',
  replacement: replacement('USER_SELF'),
  policyId: null,
  newDeviceId: null,
  issuanceId: null,
  note: '',
  requestedBy: actor('requester'),
  requestedAt: 0,
  decidedBy: null,
  decidedAt: null,
  decisionNote: '',
  changedBy: actor('requester'),
  changedAt: 0,
  expiresAt: null,
  endedAt: null,
  ...change,
})
const asking = (change: Partial<Asking> = {}): Asking => ({
  by: actor('officer'),
  permissions: new Set(permissions),
  settings: defaultLifecycleSettings,
  ...change,
})
const allowed = (change: Partial<DeviceRequest>, who: Partial<Asking> = {}) =>
  requestActions(request(change), asking(who))
    .filter(a => a.allowed)
    .map(a => a.action)

test.each([
  [{ state: 'PENDING_APPROVAL' }, ['approve', 'deny', 'cancel']],
  [{ state: 'APPROVED' }, ['cancel', 'issue', 'bind']],
  [{ state: 'APPROVED', newDeviceId: 'bound' }, ['cancel', 'issue']],
  [{ state: 'APPROVED', replacement: replacement('HELP_DESK_LOCAL') }, ['cancel', 'issue']],
  [{ state: 'APPROVED', type: 'ISSUANCE', replacement: null }, ['cancel', 'issue']],
  [{ state: 'EXECUTING' }, []],
  [{ state: 'FAILED' }, ['cancel']],
  [{ state: 'COMPLETED' }, []],
  [{ state: 'DENIED' }, []],
  [{ state: 'CANCELLED' }, []],
  [{ state: 'EXPIRED' }, []],
] as const)('%j: %j', (change, expected) => expect(allowed(change)).toEqual(expected))

test('R-16: not the requester approves, nor the user who gets the device; the issuer as the settings say', () => {
  const pending = { state: 'PENDING_APPROVAL' } as const
  for (const id of ['requester', 'user']) expect(allowed(pending, { by: actor(id) })).toEqual(['cancel'])
  const settings = { separation: { requesterApprover: false, approverIssuer: true, requesterIssuer: true } }
  expect(allowed(pending, { by: actor('requester'), settings })).toEqual(['approve', 'deny', 'cancel'])
  const approved = { decidedBy: actor('approver') }
  expect(allowed(approved, { by: actor('requester') })).toContain('issue')
  for (const id of ['requester', 'approver'])
    expect(allowed(approved, { by: actor(id), settings })).toEqual(['cancel', 'bind'])
})

test('every no has its reason; a missing permission is named in words', () => {
  const states = ['PENDING_APPROVAL', 'APPROVED', 'EXECUTING', 'FAILED', 'COMPLETED'] as const
  for (const state of states)
    for (const role of Object.values(rolePermissions))
      for (const action of requestActions(request({ state }), asking({ permissions: new Set(role) })))
        expect(action.allowed || action.reason).toBeTruthy()
  const auditor = requestActions(request({}), asking({ permissions: new Set(rolePermissions.AUDITOR) }))
  expect(auditor.find(a => a.action === 'bind')?.reason).toContain('“Bind a blank device to a user and unbind it”')
})
