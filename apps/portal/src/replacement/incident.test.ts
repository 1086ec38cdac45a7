import type { ReplacementOptions } from '@cardwright/contract'
import { expect, test } from 'vitest'
import { madeUpDevice } from '../requests/made-up-request.ts'
import {
  blankIncident,
  chosenWorkflow,
  consequences,
  lackingIncident,
  offeredWorkflows,
  reasonsAgainst,
} from './incident.ts'

const device = madeUpDevice()
const options: ReplacementOptions = {
  reasons: [
    { reason: 'LOST', kind: 'PERMANENT', allowed: true, policies: [] },
    { reason: 'FORGOTTEN', kind: 'TEMPORARY', allowed: true, policies: [] },
    {
      reason: 'EXPIRED',
      kind: 'PERMANENT',
      allowed: false,
      why: { code: 'X', text: 'It has not expired.' },
      policies: [],
    },
  ],
  workflows: [
    { workflow: 'HELP_DESK_LOCAL', allowed: true },
    { workflow: 'HELP_DESK_REMOTE', allowed: false, why: { code: 'WORKFLOW_NEEDS_PHONE', text: 'For phones only.' } },
    { workflow: 'USER_LOCAL', allowed: false, why: { code: 'WORKFLOW_NOT_OFFERED', text: 'Users ask so.' } },
  ],
  target: device,
  temporaryDays: 14,
}
const two = { ...options, workflows: [...options.workflows, { workflow: 'HELP_DESK_SELF' as const, allowed: true }] }

test('what users ask for themselves is not offered at the help desk, what is only not possible is greyed', () => {
  expect(offeredWorkflows(options).map(w => w.workflow)).toEqual(['HELP_DESK_LOCAL', 'HELP_DESK_REMOTE'])
})

test('the only workflow is chosen by itself, of two none is', () => {
  expect(chosenWorkflow(options, blankIncident)?.workflow).toBe('HELP_DESK_LOCAL')
  expect(chosenWorkflow(two, blankIncident)).toBeUndefined()
})

test('a reason that is not possible counts as none', () => {
  expect(lackingIncident(options, { ...blankIncident, reason: 'EXPIRED' })).toBe('incident.needs.reason')
  expect(lackingIncident(two, { ...blankIncident, reason: 'LOST' })).toBe('incident.needs.workflow')
  expect(lackingIncident(two, { ...blankIncident, reason: 'LOST', workflow: 'HELP_DESK_SELF' })).toBeNull()
})

test('R-17: a reason that no policy may serve names each of them and why', () => {
  const why = { code: 'POLICY_KEEPS_LOST_KEYS', text: 'It keeps the keys.' }
  const policy = { id: device.id, name: 'Staff', fits: false, why }
  const lost = { reason: 'LOST', kind: 'PERMANENT', allowed: false } as const
  expect(reasonsAgainst({ ...lost, why, policies: [policy] })).toEqual(['Staff: It keeps the keys.'])
  const open = { code: 'REQUEST_OPEN_ALREADY', text: 'A replacement is requested already.' }
  expect(reasonsAgainst({ ...lost, why: open, policies: [policy] })).toEqual([open.text])
})

test('R-3, R-4, R-19: a loss is told to stop the device at once, to start the clock, and to be taken back until issued', () => {
  expect(consequences(device, options, { reason: 'LOST', kind: 'PERMANENT' })).toEqual([
    'The device …1234 stops working at once: its certificates go on hold.',
    'From now on an 18-hour clock runs until the certificates of …1234 are revoked.',
    'When the new device is issued, …1234 is terminated and its certificates are revoked.',
    'Until the new device is issued, the request can be cancelled; …1234 then works again.',
  ])
})

test('R-5: a forgotten device comes back', () => {
  expect(consequences(device, options, { reason: 'FORGOTTEN', kind: 'TEMPORARY' })).toContain(
    'The temporary device is valid for 14 days. When it is returned, …1234 works again.',
  )
})

test('R-7: where a temporary device stands in, that one is replaced; an expired one does not stop', () => {
  const target = madeUpDevice({ id: '00000000-0000-4000-8000-000000000007', serial: '30125678', temporary: true })
  const lost = { reason: 'LOST', kind: 'PERMANENT' } as const
  expect(consequences(device, { ...options, target }, lost)[0]).toContain('…5678, which stands in')
  const expired = { ...options, target: { ...device, state: 'INVALID' as const } }
  expect(consequences(device, expired, lost)[0]).toBe('The device …1234 has expired and stays as it is.')
})
