import {
  type AuditFact,
  type DevicePolicy,
  type Issuance,
  type StoredSecret,
  StoreError,
  storableFact,
  type Transaction,
} from '@cardwright/core'
import { checkCredential, checkDevice, checkIssuance } from './memory-constraints.ts'
import type { MemoryState } from './memory-state.ts'

const isOpen = (issuance: Issuance): boolean => ['RUNNING', 'WAITING_FOR_PIN', 'FAILED'].includes(issuance.state)

type Versioned = { readonly id: string; readonly version: number }

/** Compare-and-set. `clash`: another row has what must be unique; an insert then answers null, a change is a conflict. */
const saveInto = <T extends Versioned>(rows: Map<string, T>, wanted: T, clash: (row: T) => boolean): T | null => {
  const stored = rows.get(wanted.id)
  if (stored ? stored.version !== wanted.version : wanted.version !== 0) return null
  for (const row of rows.values()) {
    if (row.id === wanted.id || !clash(row)) continue
    if (!stored) return null
    throw new StoreError('STORE_CONFLICT', 'Another row has what must be unique')
  }
  const saved = structuredClone({ ...wanted, version: wanted.version + 1 })
  rows.set(saved.id, saved)
  return saved
}

const newestPolicy = (state: MemoryState, id: string): DevicePolicy | null =>
  [...state.policies.values()]
    .filter(p => p.id === id)
    .reduce<DevicePolicy | null>((newest, p) => (newest && newest.version > p.version ? newest : p), null)

export const memoryTransaction = (state: MemoryState, facts: AuditFact[]): Transaction => ({
  users: { get: async id => state.users.get(id) ?? null },
  groups: {
    ofUser: async userId => {
      const ids = state.users.get(userId)?.groupIds ?? []
      const groups = ids.flatMap(id => state.groups.get(id) ?? [])
      return groups.sort((a, b) => (a.name < b.name ? -1 : 1))
    },
  },
  policies: {
    get: async (id, version) =>
      version === undefined ? newestPolicy(state, id) : (state.policies.get(`${id}/${version}`) ?? null),
    newest: async ids => ids.flatMap(id => newestPolicy(state, id) ?? []),
  },
  settings: {
    security: async () => state.settings.security,
    organisation: async () => state.settings.organisation,
    publishedProfiles: async () => state.settings.publishedProfiles,
  },
  devices: {
    get: async id => state.devices.get(id) ?? null,
    byIdentity: async identity => [...state.devices.values()].find(d => d.identity === identity) ?? null,
    byCardUuid: async cardUuid => [...state.devices.values()].find(d => d.cardUuid === cardUuid) ?? null,
    save: async device => {
      checkDevice(state, device)
      return saveInto(state.devices, device, d => d.identity === device.identity)
    },
  },
  credentials: {
    ofDevice: async deviceId =>
      [...state.credentials.values()]
        .filter(c => c.deviceId === deviceId)
        .sort((a, b) => a.notBefore - b.notBefore || (a.slot < b.slot ? -1 : 1)),
    save: async credential => {
      checkCredential(state, credential)
      return saveInto(
        state.credentials,
        credential,
        c => c.authorityId === credential.authorityId && c.serialNumber === credential.serialNumber,
      )
    },
  },
  issuances: {
    get: async id => state.issuances.get(id) ?? null,
    openOfDevice: async deviceId =>
      [...state.issuances.values()].find(i => i.deviceId === deviceId && isOpen(i)) ?? null,
    openOfUser: async userId =>
      [...state.issuances.values()]
        .filter(i => i.userId === userId && i.startedBy.kind === 'user' && isOpen(i))
        .sort((a, b) => b.startedAt - a.startedAt)[0] ?? null,
    renew: async (ids, owner, until) => {
      for (const id of ids) {
        const found = state.issuances.get(id)
        if (found?.state === 'RUNNING' && found.lease?.owner === owner)
          state.issuances.set(id, { ...found, lease: { owner, until } })
      }
    },
    save: async issuance => {
      checkIssuance(state, issuance)
      return saveInto(
        state.issuances,
        issuance,
        other => isOpen(issuance) && isOpen(other) && other.deviceId === issuance.deviceId,
      )
    },
    abandoned: async now =>
      [...state.issuances.values()].filter(i => i.state === 'RUNNING' && i.lease !== null && i.lease.until < now),
  },
  secrets: {
    of: async (deviceId, kind) =>
      [...state.secrets.values()]
        .filter(s => s.deviceId === deviceId && s.kind === kind)
        .sort((a, b) => (a.stage < b.stage ? -1 : 1)),
    put: async secret => {
      state.secrets.set(`${secret.deviceId}/${secret.kind}/${secret.stage}`, structuredClone(secret))
    },
    wipe: async (deviceId, kind, stage) => {
      const goes = (s: StoredSecret) =>
        s.deviceId === deviceId && (kind === undefined || s.kind === kind) && (stage === undefined || s.stage === stage)
      for (const [key, secret] of state.secrets) if (goes(secret)) state.secrets.delete(key)
    },
  },
  audit: async fact => {
    facts.push(storableFact(fact))
  },
  outbox: async message => {
    state.outbox.push(structuredClone(message))
  },
})
