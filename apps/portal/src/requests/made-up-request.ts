import type { RequestView } from '@cardwright/contract'

/** A request to test with: an active card of Anna Weber was reported lost, and waits for approval. */
export const madeUpRequest = (change: Partial<RequestView> = {}): RequestView => ({
  id: '00000000-0000-4000-8000-000000000001',
  version: 1,
  type: 'REPLACEMENT',
  state: 'PENDING_APPROVAL',
  user: { id: '00000000-0000-4000-8000-000000000002', displayName: 'Anna Weber' },
  device: madeUpDevice({ state: 'INVALID', reason: 'LOST' }),
  reason: 'LOST',
  kind: 'PERMANENT',
  workflow: 'USER_SELF',
  policy: null,
  newDevice: null,
  issuanceId: null,
  note: '',
  requestedBy: { kind: 'user', id: '00000000-0000-4000-8000-000000000002', label: 'Anna Weber' },
  requestedAt: '2026-03-10T08:00:00Z',
  decidedBy: null,
  decidedAt: null,
  decisionNote: '',
  changedBy: 'Anna Weber',
  changedAt: '2026-03-10T08:00:00Z',
  expiresAt: null,
  endedAt: null,
  actions: [
    { action: 'approve', allowed: true },
    { action: 'deny', allowed: true },
    { action: 'cancel', allowed: true },
    { action: 'issue', allowed: false, reason: 'It is not approved yet.' },
    { action: 'bind', allowed: false, reason: 'It is not approved yet.' },
  ],
  ...change,
})

type RequestDevice = NonNullable<RequestView['device']>
export const madeUpDevice = (change: Partial<RequestDevice> = {}): RequestDevice => ({
  id: '00000000-0000-4000-8000-000000000003',
  serial: '30121234',
  model: 'YubiKey 5 NFC',
  form: 'key',
  state: 'ISSUED',
  reason: 'NONE',
  temporary: false,
  ...change,
})
