import {
  approveRequest,
  assignDevice,
  changeDevice,
  type ReplacementReason,
  requestIssuance,
  retryIssuance,
  startIssuance,
  terminateAll,
  type Workflow,
} from '@cardwright/core'
import { describe, expect, test } from 'vitest'
import { createOffice, helpDesk, type Office, terminated, typeOf, validation } from './incident.ts'
import { operator, READER } from './world.ts'

const self = { mayBind: true, changePin: false } as const

/** The office, an active device, and a request for its replacement. */
const declared = async (
  workflow: Workflow,
  reason: ReplacementReason = 'LOST',
  options: Parameters<typeof createOffice>[0] = {},
) => {
  const office = await createOffice(options)
  const device = await office.issue()
  const by = workflow.startsWith('USER') ? office.holder : helpDesk
  return { office, device, request: await office.declare(device.id, reason, workflow, by) }
}

/** Tries to execute the request; answers what it was refused with, or the issuance's state. */
const execute = async (office: Office, requestId: string, how: Parameters<Office['tryIssue']>[0] = {}) => {
  const done = await office.tryIssue({ type: typeOf(office.request(requestId)), requestId, ...how })
  return done.ok ? done.value.state : done.code
}
const bySelf = (office: Office) => ({ self, startedBy: office.holder })

describe('R-9: who waits for a Validation officer', () => {
  test('a help desk’s request is approved at once', async () => {
    const { request } = await declared('HELP_DESK_LOCAL')
    expect(request).toMatchObject({ state: 'APPROVED', decidedBy: null })
  })

  test('a user’s request waits; until it is approved nobody can execute it', async () => {
    const { office, request } = await declared('USER_LOCAL')
    expect(request.state).toBe('PENDING_APPROVAL')
    expect(await execute(office, request.id)).toBe('REQUEST_WRONG_STATE')
    expect(await office.decide('approve', request.id)).toMatchObject({ ok: true, value: { state: 'APPROVED' } })
    expect(await execute(office, request.id)).toBe('COMPLETED')
  })

  test('a decision on an older version is refused and says who was faster', async () => {
    const { office, request } = await declared('USER_LOCAL')
    await office.decide('deny', request.id)
    const { version } = request
    const late = { requestId: request.id, version, note: '', by: operator }
    expect(await approveRequest(office.world.ports, late)).toMatchObject({
      ok: false,
      code: 'VERSION_CONFLICT',
      params: { by: expect.stringContaining(validation.label) },
    })
    expect(office.request(request.id).state).toBe('DENIED')
  })
})

describe('R-10 … R-14: who asks, who issues, what must be bound', () => {
  test('R-10: the help desk asks, an officer issues; the user does not', async () => {
    const { office, request } = await declared('HELP_DESK_LOCAL')
    expect(await execute(office, request.id, bySelf(office))).toBe('WORKFLOW_NOT_OFFERED')
    expect(await execute(office, request.id)).toBe('COMPLETED')
  })

  test.each([false, true])('R-11: the help desk asks, the user issues; bound before: %s', async bound => {
    const { office, request } = await declared('HELP_DESK_SELF')
    if (bound) await office.bind(request.id)
    expect(await execute(office, request.id, bySelf(office))).toBe('COMPLETED')
  })

  test('R-12: remote issuance is for phones only', async () => {
    const office = await createOffice()
    const device = await office.issue()
    expect(await office.tryDeclare(device.id, 'LOST', 'HELP_DESK_REMOTE')).toMatchObject({
      ok: false,
      code: 'WORKFLOW_NEEDS_PHONE',
    })
    expect(office.device(device.id).state).toBe('ISSUED')
  })

  test('R-13: the user asks; after approval an officer issues, and not the user', async () => {
    const { office, request } = await declared('USER_LOCAL')
    await office.decide('approve', request.id)
    expect(await execute(office, request.id, bySelf(office))).toBe('WORKFLOW_NOT_OFFERED')
    expect(await execute(office, request.id)).toBe('COMPLETED')
  })

  test('R-14: the user asks; issues after approval and binding, and only what was bound', async () => {
    const { office, request } = await declared('USER_SELF')
    await office.decide('approve', request.id)
    expect(await execute(office, request.id, bySelf(office))).toBe('CARD_NOT_ASSIGNED')
    const bound = await office.bind()
    expect(office.request(request.id).newDeviceId).toBe(bound.id)
    const card = office.world.readers.card(READER)
    await office.newCard()
    expect(await execute(office, request.id, bySelf(office))).toBe('CARD_EXCHANGED')
    office.world.readers.remove(READER)
    if (card) await office.world.insert(card)
    expect(await execute(office, request.id, bySelf(office))).toBe('COMPLETED')
    expect(office.device(bound.id).state).toBe('ISSUED')
  })

  test('R-14: a bound device is issued for its request and for nothing else', async () => {
    const { office, device, request } = await declared('HELP_DESK_SELF')
    await office.bind(request.id)
    await office.change(device.id, terminated('LOST'))
    const about = { userId: office.world.user.id, policyId: office.world.policy.id, readerId: READER }
    const insertion = await office.world.insertion()
    const initial = { ...about, kind: 'ISSUE', type: 'INITIAL', insertion, startedBy: operator } as const
    expect(await startIssuance(office.world.ports, initial)).toMatchObject({ ok: false, code: 'REQUEST_NEEDED' })
    expect(await execute(office, request.id, bySelf(office))).toBe('COMPLETED')
  })

  test('a device that is unbound or ended leaves its request free for another', async () => {
    const { office, request } = await declared('HELP_DESK_SELF')
    const first = await office.bind(request.id)
    await office.change(first.id, { change: 'unbind' })
    expect(office.request(request.id)).toMatchObject({ state: 'APPROVED', newDeviceId: null })
    const second = await office.bind(request.id)
    await office.change(second.id, terminated('DAMAGED'))
    expect(office.request(request.id)).toMatchObject({ state: 'APPROVED', newDeviceId: null })
    await office.newCard()
    expect(await execute(office, request.id, bySelf(office))).toBe('COMPLETED')
  })

  test('a replacement is issued for a request, and for nobody else’s', async () => {
    const { office, request } = await declared('HELP_DESK_LOCAL')
    const policyId = office.world.policy.id
    expect(await office.tryIssue({ type: 'PERMANENT_REPLACEMENT', policyId })).toMatchObject({ code: 'REQUEST_NEEDED' })
    const anna = office.world.store.committed().users.get(office.world.user.id) ?? office.world.user
    const bert = { ...anna, id: '0198a000-0000-7000-8000-00000000000b', loginName: 'bert' }
    office.world.store.addUser(bert)
    expect(await execute(office, request.id, { userId: bert.id })).toBe('REQUEST_OF_OTHER_USER')
    const place = { readerId: READER, insertion: await office.world.insertion() }
    const binding = { ...place, userId: bert.id, by: helpDesk, requestId: request.id }
    expect(await assignDevice(office.world.ports, binding)).toMatchObject({ ok: false, code: 'NOT_FOUND' })
  })
})

describe('R-15: a user', () => {
  test('declares an incident of their own devices only', async () => {
    const office = await createOffice()
    const device = await office.issue()
    const stranger = { kind: 'user', id: 'somebody', label: 'Somebody' } as const
    const tried = await office.tryDeclare(device.id, 'LOST', 'USER_LOCAL', stranger)
    expect(tried).toMatchObject({ ok: false, code: 'NOT_FOUND' })
  })

  test('cancels what they asked for until it is executed, and nothing that somebody else asked for', async () => {
    const { office, device, request } = await declared('USER_LOCAL')
    await office.decide('approve', request.id)
    expect(await office.decide('cancel', request.id, office.holder)).toMatchObject({ ok: true })
    const second = await office.declare(device.id, 'LOST')
    expect(await office.decide('cancel', second.id, office.holder)).toMatchObject({ ok: false, code: 'NOT_FOUND' })
    await office.decide('cancel', second.id, helpDesk)
    const third = await office.declare(device.id, 'LOST', 'USER_LOCAL', office.holder)
    await office.decide('approve', third.id)
    expect(await execute(office, third.id, { kind: 'PRODUCE' })).toBe('COMPLETED')
    expect(await office.decide('cancel', third.id, office.holder)).toMatchObject({
      ok: false,
      code: 'REQUEST_WRONG_STATE',
    })
  })
})

describe('R-16: requester, approver and issuer', () => {
  const separate = (
    office: Office,
    change: Partial<Record<'requesterApprover' | 'approverIssuer' | 'requesterIssuer', boolean>>,
  ) =>
    office.world.store.setLifecycle({
      separation: { requesterApprover: false, approverIssuer: false, requesterIssuer: false, ...change },
    })
  const asOperator = (office: Office) => ({ ...office.holder, kind: 'operator' }) as const

  test('nobody approves or denies their own request, whatever their role', async () => {
    const { office, request } = await declared('USER_LOCAL')
    separate(office, { requesterApprover: true })
    for (const verdict of ['approve', 'deny'] as const)
      expect(await office.decide(verdict, request.id, asOperator(office))).toMatchObject({
        code: 'SEPARATION_OF_DUTIES',
      })
    separate(office, {})
    expect(await office.decide('approve', request.id, asOperator(office))).toMatchObject({ ok: true })
  })

  test('what operators ask for themselves waits for somebody else, also at the help desk', async () => {
    const office = await createOffice()
    const own = asOperator(office)
    const device = await office.issue()
    const request = await office.declare(device.id, 'LOST', 'HELP_DESK_SELF', own)
    expect(request).toMatchObject({ state: 'PENDING_APPROVAL', requestedBy: { kind: 'operator' } })
    expect(await execute(office, request.id, bySelf(office))).toBe('REQUEST_WRONG_STATE')
    expect(await office.decide('approve', request.id, own)).toMatchObject({ code: 'SEPARATION_OF_DUTIES' })
    await office.decide('cancel', request.id, own)
    separate(office, {})
    expect(await office.declare(device.id, 'LOST', 'HELP_DESK_SELF', own)).toMatchObject({ state: 'APPROVED' })
  })

  test('validated issuance: what was asked for before the policy needed approval is approved by nobody', async () => {
    const office = await createOffice()
    const { policy, user, ports, store } = office.world
    const about = { userId: user.id, policyId: policy.id, note: '', by: helpDesk }
    const early = await requestIssuance(ports, about)
    if (!early.ok) throw new Error(early.code)
    expect(early.value).toMatchObject({ state: 'APPROVED', decidedBy: null })
    store.addPolicy({ ...policy, version: 2, content: { ...policy.content, approval: 'REQUIRED' } })
    for (const how of [{}, { requestId: early.value.id }])
      expect(await office.tryIssue(how)).toMatchObject({ ok: false, code: 'APPROVAL_NEEDED' })
    await office.decide('cancel', early.value.id)
    const asked = await requestIssuance(ports, about)
    if (!asked.ok) throw new Error(asked.code)
    await office.decide('approve', asked.value.id)
    expect(await office.issue()).toMatchObject({ state: 'ISSUED', requestId: asked.value.id })
  })

  test.each([
    ['requesterIssuer', helpDesk],
    ['approverIssuer', validation],
  ] as const)('%s: the other one has to issue, and to retry', async (duty, who) => {
    const workflow = duty === 'requesterIssuer' ? 'HELP_DESK_LOCAL' : 'USER_LOCAL'
    const { office, request } = await declared(workflow)
    if (workflow === 'USER_LOCAL') await office.decide('approve', request.id)
    separate(office, { [duty]: true })
    expect(await execute(office, request.id, { startedBy: who })).toBe('SEPARATION_OF_DUTIES')
    const card = office.world.readers.card(READER)
    card?.cutPowerAfter(5, 'after')
    expect(await execute(office, request.id)).toBe('FAILED')
    if (card) await office.world.insert(card)
    const { issuanceId } = office.request(request.id)
    const place = { readerId: READER, insertion: await office.world.insertion() }
    const retried = await retryIssuance(office.world.ports, issuanceId ?? '', place, who)
    expect(retried).toMatchObject({ ok: false, code: 'SEPARATION_OF_DUTIES' })
    expect(await retryIssuance(office.world.ports, issuanceId ?? '', place, operator)).toMatchObject({ ok: true })
  })
})

describe('R-17: policies that may not replace', () => {
  test.each([
    ['LOST', 'KEEP', 'POLICY_KEEPS_LOST_KEYS'],
    ['STOLEN', 'KEEP', 'POLICY_KEEPS_LOST_KEYS'],
    ['FORGOTTEN', 'REVOKE', 'POLICY_REVOKES_FORGOTTEN_KEYS'],
  ] as const)('%s with key recovery %s is told when the request is made', async (reason, keyRecovery, code) => {
    const office = await createOffice({ replacement: { keyRecovery } })
    const device = await office.issue()
    expect(await office.tryDeclare(device.id, reason)).toMatchObject({ ok: false, code })
    expect(office.device(device.id).state).toBe('ISSUED')
    expect(await office.tryDeclare(device.id, 'DAMAGED')).toMatchObject({ ok: true })
  })

  test('a policy with fewer slots is told when the request is made', async () => {
    const office = await createOffice()
    const device = await office.issue()
    const { content } = office.world.policy
    const fewer = { ...content, slots: content.slots.slice(0, 1) }
    office.world.store.addPolicy({ ...office.world.policy, version: 2, content: fewer })
    expect(await office.tryDeclare(device.id, 'DAMAGED')).toMatchObject({ ok: false, code: 'POLICY_HAS_FEWER_SLOTS' })
  })
})

test('R-18: every event of a device that replaces or is replaced tells why, and whether it is temporary', async () => {
  const { office, device, request } = await declared('HELP_DESK_SELF', 'FORGOTTEN')
  const bound = await office.bind(request.id)
  const card = office.world.readers.card(READER)
  card?.cutPowerAfter(5, 'after')
  expect(await execute(office, request.id, { ...bySelf(office), kind: 'PRODUCE' })).toBe('FAILED')
  if (card) await office.world.insert(card)
  const place = { readerId: READER, insertion: await office.world.insertion() }
  const retried = await retryIssuance(office.world.ports, office.request(request.id).issuanceId ?? '', place)
  if (!retried.ok) throw new Error(retried.code)
  await retried.value.finished
  await office.change(bound.id, { change: 'activate' })
  await office.change(bound.id, { change: 'suspend', note: '' })
  await office.change(bound.id, terminated('LOST'))
  const story = (id: string, from: string) => {
    const trail = office.world.store.auditTrail().filter(r => r.deviceId === id && r.object.type === 'device')
    return trail.slice(trail.findIndex(r => r.action === from))
  }
  const ofNew = story(bound.id, 'device.assigned')
  expect([...new Set(ofNew.map(r => r.action))]).toEqual([
    'device.assigned',
    'issuance.started',
    'device.production-failed',
    'issuance.retried',
    'credential.issued',
    'device.produced',
    'device.activated',
    'device.suspended',
    'device.terminated',
  ])
  // What fails or ends has a reason of its own.
  const failed = ofNew.find(r => r.action === 'device.production-failed')
  expect(failed).toMatchObject({ reason: 'CARD_REMOVED', details: { replaces: 'FORGOTTEN' } })
  expect(ofNew.at(-1)).toMatchObject({ reason: 'LOST' })
  for (const record of ofNew.filter(r => r !== failed).slice(0, -1))
    expect(record.reason, record.action).toBe('FORGOTTEN')
  for (const record of ofNew.slice(1)) expect(record.details.temporary, record.action).toBe(true)
  for (const record of story(device.id, 'device.invalidated'))
    expect(record).toMatchObject({ reason: 'FORGOTTEN', details: { temporary: false } })
})

describe('R-19: what the CA publishes', () => {
  test.each([
    ['LOST', 'keyCompromise'],
    ['STOLEN', 'keyCompromise'],
    ['DAMAGED', 'superseded'],
    ['EXPIRED', 'superseded'],
    ['RENEW', 'superseded'],
  ] as const)('replaced for %s: %s', async (reason, published) => {
    const { office, device, request } = await declared('HELP_DESK_LOCAL', reason)
    expect(await office.atAuthority(device.id)).toEqual(['ON_HOLD'])
    await office.replace(request)
    expect(await office.atAuthority(device.id)).toEqual([published])
  })

  test('forgotten and suspended: certificateHold; terminated: cessationOfOperation', async () => {
    const { office, device, request } = await declared('HELP_DESK_LOCAL', 'FORGOTTEN')
    const temporary = await office.replace(request)
    await office.change(temporary.id, { change: 'suspend', note: '' })
    const held = [...office.world.store.committed().credentials.values()]
    expect([...new Set(held.map(c => c.revocationReason))]).toEqual(['certificateHold'])
    await office.change(temporary.id, terminated('UNASSIGNED'))
    await office.change(device.id, terminated('UNASSIGNED'))
    for (const id of [temporary.id, device.id]) expect(await office.atAuthority(id)).toEqual(['cessationOfOperation'])
  })

  test('another reason where the CA is configured for it', async () => {
    const { office, device, request } = await declared('HELP_DESK_LOCAL', 'DAMAGED')
    office.world.store.setLifecycle({ revocationReasons: { local: { DAMAGED: 'cessationOfOperation' } } })
    await office.replace(request)
    expect(await office.atAuthority(device.id)).toEqual(['cessationOfOperation'])
  })
})

test('a bound device is unbound with its request, and its own story tells it', async () => {
  const { office, request } = await declared('HELP_DESK_SELF')
  const bound = await office.bind(request.id)
  await office.decide('cancel', request.id, helpDesk)
  expect(office.device(bound.id).state).toBe('AVAILABLE')
  const records = office.world.store.auditTrail().filter(r => r.deviceId === bound.id)
  expect(records.at(-1)).toMatchObject({
    action: 'device.unassigned',
    actor: helpDesk,
    userId: office.world.user.id,
    reason: 'LOST',
    details: { temporary: false, request: request.id },
  })
})

test('certificates of a disabled user are not made valid: neither activated nor resumed', async () => {
  const office = await createOffice()
  const change = (id: string, what: 'activate' | 'resume') => {
    const given = what === 'resume' ? { change: what, note: '' } : { change: what }
    const { version } = office.device(id)
    return changeDevice(office.world.ports, { deviceId: id, version, change: given, by: helpDesk })
  }
  const { users } = office.world.store.committed()
  const user = users.get(office.world.user.id) ?? office.world.user
  const pending = await office.issue({ kind: 'PRODUCE' })
  office.world.store.addUser({ ...user, status: 'DISABLED' })
  expect(await change(pending.id, 'activate')).toMatchObject({ ok: false, code: 'USER_DISABLED' })
  office.world.store.addUser(user)
  expect(await change(pending.id, 'activate')).toMatchObject({ ok: true })
  await office.change(pending.id, { change: 'suspend', note: '' })
  office.world.store.addUser({ ...user, status: 'DISABLED' })
  expect(await change(pending.id, 'resume')).toMatchObject({ ok: false, code: 'USER_DISABLED' })
  expect(await office.atAuthority(pending.id)).toEqual(['ON_HOLD'])
})

test('somebody leaves: every device ends and every open request with it', async () => {
  const { office, device, request } = await declared('HELP_DESK_LOCAL', 'FORGOTTEN')
  const temporary = await office.replace(request)
  const lost = await office.declare(temporary.id, 'LOST', 'HELP_DESK_SELF')
  const bound = await office.bind(lost.id)
  const ids = [device.id, temporary.id, bound.id]
  const done = await terminateAll(office.world.ports, {
    userId: office.world.user.id,
    reason: 'UNASSIGNED',
    note: '',
    devices: ids.map(id => ({ id, version: office.device(id).version })),
    by: helpDesk,
  })
  expect(done).toEqual({ ok: true, value: { terminated: 3, cancelled: 1 } })
  expect(ids.map(id => office.device(id).state)).toEqual(['TERMINATED', 'TERMINATED', 'TERMINATED'])
  expect(office.request(lost.id)).toMatchObject({ state: 'CANCELLED', newDeviceId: null })
  expect(await office.atAuthority(device.id)).toEqual(['cessationOfOperation'])
})
