import { sample } from '@cardwright/adapters/testing'
import {
  type Actor,
  approveRequest,
  assignDevice,
  cancelRequest,
  changeDevice,
  type Device,
  type DeviceChange,
  type DeviceRequest,
  denyRequest,
  type Issuance,
  type Outcome,
  type PolicyContent,
  type ReplacementReason,
  requestReplacement,
  type StartIssuance,
  startIssuance,
  type Workflow,
} from '@cardwright/core'
import { pivPolicy } from './policies.ts'
import { blankCard, createWorld, operator, READER, type World } from './world.ts'

export const DAY = 86_400_000
export const helpDesk: Actor = { kind: 'operator', id: 'op-help', label: 'Hanna Helpful' }
export const validation: Actor = { kind: 'operator', id: 'op-validation', label: 'Vera Validation' }

/** A world where everything may be replaced, and what people do in it by name. */
export type Office = {
  readonly world: World
  readonly holder: Actor
  device(id: string): Device
  request(id: string): DeviceRequest
  /** States of the certificates of its present life, one word if they are all the same. */
  certificates(deviceId: string): string
  /** Each certificate's state and reason at the CA, as `device … slot` → `GOOD`, `ON_HOLD` or the reason. */
  atAuthority(deviceId: string): Promise<readonly string[]>
  /** Another blank card is put into the reader. */
  newCard(serial?: number): Promise<string>
  issue(change?: Partial<StartIssuance>): Promise<Device>
  tryIssue(change?: Partial<StartIssuance>): Promise<Outcome<Issuance>>
  declare(deviceId: string, reason: ReplacementReason, workflow?: Workflow, by?: Actor): Promise<DeviceRequest>
  tryDeclare(
    deviceId: string,
    reason: ReplacementReason,
    workflow?: Workflow,
    by?: Actor,
  ): Promise<Outcome<DeviceRequest>>
  decide(verdict: 'approve' | 'deny' | 'cancel', id: string, by?: Actor): Promise<Outcome<DeviceRequest>>
  /** Issues the replacement on a new card. */
  replace(request: DeviceRequest, change?: Partial<StartIssuance>): Promise<Device>
  bind(requestId?: string): Promise<Device>
  change(deviceId: string, change: DeviceChange): Promise<Device>
}

const slots = pivPolicy.slots.filter(s => s.slot === '9A' || s.slot === '9D')

const insist = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(`${outcome.code} ${JSON.stringify(outcome.params)}`)
  return outcome.value
}

export const typeOf = ({ replacement }: DeviceRequest) =>
  replacement?.kind === 'TEMPORARY' ? 'TEMPORARY_REPLACEMENT' : replacement ? 'PERMANENT_REPLACEMENT' : 'INITIAL'

const decisions = { approve: approveRequest, deny: denyRequest, cancel: cancelRequest }

export const createOffice = async (
  options: {
    readonly policy?: Partial<PolicyContent>
    /** Of the policy for replacements, where that is another one. */
    readonly replacement?: Partial<PolicyContent>
  } = {},
): Promise<Office> => {
  const world = await createWorld({
    authorityAlgorithm: 'ecdsa-p256-sha256',
    policy: { slots, validityDays: 365, ...options.policy },
  })
  const other = sample.aPolicy({ content: { ...world.policy.content, name: 'Replacement', ...options.replacement } })
  world.store.addPolicy(other)
  const replacing = options.replacement ? other : world.policy
  const group = sample.aGroup({
    assignments: {
      INITIAL: [world.policy.id],
      PERMANENT_REPLACEMENT: [replacing.id],
      TEMPORARY_REPLACEMENT: [replacing.id],
    },
  })
  world.store.addGroup(group)
  const user = { ...world.user, groupIds: [group.id] }
  world.store.addUser(user)
  const holder: Actor = { kind: 'user', id: user.id, label: user.displayName }
  const state = () => world.store.committed()
  const credentials = (deviceId: string) => [...state().credentials.values()].filter(c => c.deviceId === deviceId)
  let serial = 7_000_000

  const office: Office = {
    world,
    holder,
    device: id => {
      const found = state().devices.get(id)
      if (!found) throw new Error('there is no such device')
      return found
    },
    request: id => {
      const found = state().requests.get(id)
      if (!found) throw new Error('there is no such request')
      return found
    },
    certificates: id => [...new Set(credentials(id).map(c => c.state))].join(' '),
    async atAuthority(id) {
      await world.settle()
      const records = await world.certificates.findSerialNumbers(credentials(id).map(c => c.serialNumber))
      return [...new Set(records.map(r => (r.status === 'REVOKED' ? String(r.reason) : r.status)))]
    },
    newCard(number) {
      world.readers.remove(READER)
      return world.insert(blankCard('yubikey-5.7', number ?? ++serial))
    },
    async tryIssue(change = {}) {
      if (!world.readers.card(READER)) await office.newCard()
      const started = await startIssuance(world.ports, {
        kind: 'ISSUE',
        type: 'INITIAL',
        userId: user.id,
        readerId: READER,
        insertion: await world.insertion(),
        policyId: change.type && change.type !== 'INITIAL' ? replacing.id : world.policy.id,
        startedBy: operator,
        ...change,
      })
      return started.ok ? { ok: true, value: await started.value.finished } : started
    },
    async issue(change) {
      const done = insist(await office.tryIssue(change))
      if (done.state !== 'COMPLETED') throw new Error(`${done.error?.code} ${world.causes.map(String)}`)
      world.readers.remove(READER)
      return office.device(done.deviceId)
    },
    tryDeclare(deviceId, reason, workflow = 'HELP_DESK_LOCAL', by = helpDesk) {
      const { version } = office.device(deviceId)
      return requestReplacement(world.ports, { deviceId, version, reason, workflow, note: '', by })
    },
    declare: async (...given) => insist(await office.tryDeclare(...given)),
    decide(verdict, requestId, by = validation) {
      const { version } = office.request(requestId)
      return decisions[verdict](world.ports, { requestId, version, note: 'seen', by })
    },
    replace: (request, change = {}) => office.issue({ type: typeOf(request), requestId: request.id, ...change }),
    async bind(requestId) {
      const insertion = await office.newCard()
      const about = { readerId: READER, insertion, userId: user.id, by: helpDesk }
      return insist(await assignDevice(world.ports, { ...about, ...(requestId ? { requestId } : {}) }))
    },
    async change(deviceId, change) {
      const { version } = office.device(deviceId)
      return insist(await changeDevice(world.ports, { deviceId, version, change, by: helpDesk }))
    },
  }
  return office
}

export const terminated = (reason: Extract<DeviceChange, { change: 'terminate' }>['reason']): DeviceChange => ({
  change: 'terminate',
  reason,
  note: '',
})
