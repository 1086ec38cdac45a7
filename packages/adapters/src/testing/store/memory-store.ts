import {
  type AuditFact,
  type AuditRecord,
  type CardLayout,
  type DevicePolicy,
  type Group,
  isOpenPrint,
  isOpenRequest,
  type LifecycleSettings,
  type Options,
  type OutboxMessage,
  type SecuritySettings,
  type Store,
  StoreError,
  type Transaction,
  type User,
} from '@cardwright/core'
import { checkReferences } from './memory-constraints.ts'
import { emptyState, type MemoryState, snapshot } from './memory-state.ts'
import { memoryTransaction } from './memory-transaction.ts'

/** Core's store in memory, with what its tests put in and look at. */
export type MemoryStore = Store & {
  addUser(user: User): void
  addGroup(group: Group): void
  addPolicy(policy: DevicePolicy): void
  addLayout(layout: CardLayout): void
  addPhoto(userId: string, picture: Uint8Array): void
  setSettings(settings: Partial<SecuritySettings>): void
  setLifecycle(settings: Partial<LifecycleSettings>): void
  setOptions(options: Partial<Options>): void
  setPublishedProfiles(profiles: readonly string[]): void
  setOrganisation(name: string): void
  /** What is committed now; a copy. */
  committed(): MemoryState
  auditTrail(): readonly AuditRecord[]
  outboxMessages(): readonly OutboxMessage[]
}

type Read = { readonly before: MemoryState; readonly after: MemoryState }

const rowTables = [
  'devices',
  'credentials',
  'issuances',
  'requests',
  'printJobs',
  'printPictures',
  'deliveries',
  'secrets',
] as const

/** What this transaction changed lies over what others committed meanwhile; the same row changed by both is a conflict. */
const merge = (committed: MemoryState, { before, after }: Read): MemoryState | null => {
  const merged = snapshot(committed)
  for (const table of rowTables) {
    const was: ReadonlyMap<string, unknown> = before[table]
    const is: ReadonlyMap<string, unknown> = after[table]
    const now: Map<string, unknown> = merged[table]
    for (const key of new Set([...was.keys(), ...is.keys()])) {
      if (was.get(key) === is.get(key)) continue
      if (now.get(key) !== was.get(key)) return null
      const row = is.get(key)
      if (row === undefined) now.delete(key)
      else now.set(key, row)
    }
  }
  merged.outbox.push(...after.outbox.slice(before.outbox.length))
  return merged
}

const uniqueStill = (state: MemoryState): boolean => {
  const distinct = (keys: string[]) => new Set(keys).size === keys.length
  const open = [...state.issuances.values()].filter(i => ['RUNNING', 'WAITING_FOR_PIN', 'FAILED'].includes(i.state))
  const requests = [...state.requests.values()].filter(isOpenRequest)
  return (
    distinct([...state.devices.values()].map(d => d.identity)) &&
    distinct([...state.credentials.values()].map(c => `${c.authorityId}/${c.serialNumber}`)) &&
    distinct(open.map(i => i.deviceId)) &&
    distinct([...state.printJobs.values()].filter(isOpenPrint).map(job => job.deviceId)) &&
    distinct([...state.printJobs.values()].map(job => `${job.deviceId}/${job.print}`)) &&
    distinct(requests.flatMap(r => (r.type === 'REPLACEMENT' && r.deviceId !== null ? r.deviceId : []))) &&
    distinct(requests.flatMap(r => r.newDeviceId ?? []))
  )
}

/**
 * Transactions see a snapshot, run side by side and are joined at the commit, as repeatable read does it: a conflict runs
 * the whole work again.
 */
export const createMemoryStore = (): MemoryStore => {
  let state = emptyState()

  const attempt = async <T>(work: (tx: Transaction) => Promise<T>): Promise<{ value: T } | null> => {
    const before = state
    const after = snapshot(before)
    const facts: AuditFact[] = []
    const value = await work(memoryTransaction(after, facts))
    checkReferences(after)
    // From here to the assignment nothing waits, so this is the commit.
    const merged = merge(state, { before, after })
    if (!merged || !uniqueStill(merged)) return null
    for (const fact of facts) merged.audit.push({ ...fact, sequence: merged.audit.length + 1 })
    state = merged
    return { value }
  }

  return {
    async transaction(work) {
      for (let left = 20; left > 0; left--) {
        const done = await attempt(work)
        if (done) return done.value
      }
      throw new StoreError('STORE_CONFLICT', 'Somebody else changed the same thing again and again')
    },
    addUser: user => {
      state.users.set(user.id, user)
    },
    addGroup: group => {
      state.groups.set(group.id, group)
    },
    addPolicy: policy => {
      state.policies.set(`${policy.id}/${policy.version}`, policy)
    },
    addLayout: layout => {
      state.layouts.set(`${layout.id}/${layout.version}`, layout)
    },
    addPhoto: (userId, picture) => {
      state.photos.set(userId, picture)
    },
    setPublishedProfiles: profiles => {
      state.settings.publishedProfiles = profiles
    },
    setSettings: settings => {
      state.settings.security = { ...state.settings.security, ...settings }
    },
    setLifecycle: settings => {
      state.settings.lifecycle = { ...state.settings.lifecycle, ...settings }
    },
    setOptions: options => {
      state.settings.options = { ...state.settings.options, ...options }
    },
    setOrganisation: name => {
      state.settings.organisation = name
    },
    committed: () => snapshot(state),
    auditTrail: () => [...state.audit],
    outboxMessages: () => [...state.outbox],
  }
}
