import { sample } from '@cardwright/adapters/testing'
import type { VirtualCard } from '@cardwright/card-virtual'
import {
  type Actor,
  type CertificateAuthority,
  CertificateAuthorityError,
  carryOut,
  type DevicePolicy,
  type IssuancePorts,
  isCertificateMessage,
  type OutboxMessage,
  type User,
} from '@cardwright/core'
import { pivPolicy } from '../world/policies.ts'
import { blankCard, createWorld, type World } from '../world/world.ts'

export const DAY = 86_400_000
/** Shorter than a request waits (30 days) and longer than a temporary device lives (14 days), and more than both. */
export const VALIDITY_DAYS = 60

/** Each card lies on a reader of its own; their holders are decided by what is issued. */
export type Lying = { readonly card: VirtualCard; readonly readerId: string; readonly serial: string }

type State = ReturnType<World['store']['committed']>

export type { State }

/** The real thing: core's flows over a store, a CA and cards in memory, with what can go wrong from outside. */
export type Organisation = {
  readonly world: World
  readonly users: readonly User[]
  readonly officers: readonly Actor[]
  readonly cards: readonly Lying[]
  readonly plain: DevicePolicy
  /** Validated issuance: needs an approved request. */
  readonly checked: DevicePolicy
  /** Names under which the CA was asked for certificates. */
  readonly asked: Set<string>
  /** How many calls the CA still answers; null = it is there. */
  caLeft: number | null
  /** Ports of a server on which nothing is broken: another server each time. */
  server(change?: Partial<IssuancePorts>): IssuancePorts
  /** One turn of the server's worker. Answers how many wishes are left because the CA is away. */
  drain(): Promise<number>
  /** The card is in its reader, and nothing of an earlier session holds it. */
  place(index: number): Promise<{ readonly readerId: string; readonly insertion: string }>
}

const twoSlots = pivPolicy.slots.filter(s => s.slot === '9A' || s.slot === '9D')
export const slotsPerDevice = twoSlots.length

const officer = (n: number, label: string): Actor => ({ kind: 'operator', id: `officer-${n}`, label })

const person = (name: string, groupId: string): User =>
  sample.aUser({
    displayName: `${name} Beispiel`,
    email: `${name.toLowerCase()}@example.org`,
    upn: `${name.toLowerCase()}@example.org`,
    groupIds: [groupId],
  })

const withSwitch = (inner: CertificateAuthority, org: () => Organisation): CertificateAuthority => {
  const reach = () => {
    const all = org()
    if (all.caLeft === null) return
    if (all.caLeft === 0) throw new CertificateAuthorityError('CA_UNREACHABLE', 'The CA is away.')
    all.caLeft--
  }
  return {
    id: inner.id,
    issue: async request => {
      reach()
      org().asked.add(request.idempotencyKey)
      return inner.issue(request)
    },
    changeStatus: async request => {
      reach()
      return inner.changeStatus(request)
    },
    abandon: async request => {
      reach()
      return inner.abandon(request)
    },
  }
}

const subjectOf = (message: OutboxMessage): string =>
  'serialNumber' in message ? message.serialNumber : 'idempotencyKey' in message ? message.idempotencyKey : ''

const models = ['yubikey-5.7', 'yubikey-5.2', 'sp800-73', 'yubikey-5.7', 'yubikey-5.2', 'sp800-73'] as const

export const createOrganisation = async (): Promise<Organisation> => {
  const world = await createWorld({
    authorityAlgorithm: 'ecdsa-p256-sha256',
    policy: { slots: twoSlots, validityDays: VALIDITY_DAYS },
  })
  const plain = world.policy
  const checked = sample.aPolicy({ content: { ...plain.content, name: 'PIV after approval', approval: 'REQUIRED' } })
  world.store.addPolicy(checked)
  const group = sample.aGroup({
    assignments: {
      INITIAL: [plain.id, checked.id],
      PERMANENT_REPLACEMENT: [plain.id],
      TEMPORARY_REPLACEMENT: [plain.id],
    },
  })
  world.store.addGroup(group)
  const users = [person('Anna', group.id), person('Bert', group.id)]
  for (const user of users) world.store.addUser(user)

  const cards = models.map((model, i): Lying => {
    const readerId = `reader-${i + 1}`
    world.readers.add({ id: readerId, name: `Reader ${i + 1}` })
    return { card: blankCard(model, 5_000_001 + i), readerId, serial: String(5_000_001 + i) }
  })

  let done = 0
  let waiting: OutboxMessage[] = []
  let servers = 0
  const authority = withSwitch(world.authority, () => org)
  const org: Organisation = {
    world,
    users,
    officers: [officer(1, 'Olga Officer'), officer(2, 'Otto Other'), officer(3, 'Vera Validation')],
    cards,
    plain,
    checked,
    asked: new Set(),
    caLeft: null,
    server: change => world.portsWith({ authority, owner: `server-${++servers}`, ...change }),
    async drain() {
      const all = world.store.outboxMessages()
      waiting.push(...all.slice(done).filter(isCertificateMessage))
      done = all.length
      const left: OutboxMessage[] = []
      for (const message of waiting.filter(isCertificateMessage)) {
        // What is about one certificate is carried out in its order.
        if (left.some(earlier => subjectOf(earlier) === subjectOf(message))) {
          left.push(message)
          continue
        }
        try {
          await carryOut(authority, message)
        } catch (error) {
          if (!(error instanceof CertificateAuthorityError) || error.code !== 'CA_UNREACHABLE') throw error
          left.push(message)
        }
      }
      waiting = left
      return left.length
    },
    async place(index) {
      const lying = cards[index]
      if (!lying) throw new Error(`there is no card ${index}`)
      const { readers } = world
      if (!readers.card(lying.readerId)) readers.insert(lying.readerId, lying.card)
      for (let turn = 0; turn < 10_000; turn++) {
        try {
          const connection = await readers.connect(lying.readerId)
          await connection.close()
          const insertion = (await readers.list()).find(r => r.id === lying.readerId)?.card?.insertion
          if (insertion) return { readerId: lying.readerId, insertion }
        } catch {
          // An earlier session is being closed at the far end: each turn lets it go on.
          await new Promise(resolve => setImmediate(resolve))
        }
      }
      throw new Error(`card ${index + 1} stays in use though nobody is connected to it`)
    },
  }
  return org
}
