import {
  type AuditFact,
  deliveryMessage,
  type Issuance,
  isOpenRequest,
  mayStillBeDelivered,
  type NewDelivery,
  type StoredSecret,
  storableFact,
  type Transaction,
} from '@cardwright/core'
import { changesOfDevice } from '../../db/transaction/device-changes.ts'
import { checkCredential, checkDevice, checkIssuance, checkRequest } from './memory-constraints.ts'
import { memoryPrintJobs } from './memory-print-jobs.ts'
import type { MemoryState } from './memory-state.ts'
import { saveInto, type Versioned } from './save-into.ts'

const isOpen = (issuance: Issuance): boolean => ['RUNNING', 'WAITING_FOR_PIN', 'FAILED'].includes(issuance.state)

/** What was not delivered yet and must not be any more. */
const withdraw = (state: MemoryState, goes: (delivery: NewDelivery) => boolean): void => {
  for (const [id, delivery] of state.deliveries) if (goes(delivery)) state.deliveries.delete(id)
}

const newestOf = <T extends Versioned>(rows: Map<string, T>, id: string): T | null =>
  [...rows.values()]
    .filter(row => row.id === id)
    .reduce<T | null>((newest, row) => (newest && newest.version > row.version ? newest : row), null)

/** What is published in versions, by `id/version`. */
const versionsOf = <T extends Versioned>(rows: Map<string, T>) => ({
  get: async (id: string, version?: number) =>
    version === undefined ? newestOf(rows, id) : (rows.get(`${id}/${version}`) ?? null),
  newest: async (ids: readonly string[]) => ids.flatMap(id => newestOf(rows, id) ?? []),
})

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1)

const memoryRequests = (state: MemoryState): Transaction['requests'] => {
  const open = () => [...state.requests.values()].filter(isOpenRequest)
  return {
    get: async id => state.requests.get(id) ?? null,
    openOfTarget: async deviceId => open().find(r => r.type === 'REPLACEMENT' && r.deviceId === deviceId) ?? null,
    openOfNewDevice: async deviceId => open().find(r => r.newDeviceId === deviceId) ?? null,
    openOfUser: async userId =>
      open()
        .filter(r => r.userId === userId)
        .sort((a, b) => a.requestedAt - b.requestedAt || byId(a, b)),
    due: async (now, limit) =>
      [...state.requests.values()]
        .flatMap(request => {
          const end = request.expiresAt
          const waits = request.state === 'PENDING_APPROVAL' || request.state === 'APPROVED'
          return waits && end !== null && end <= now ? { request, end } : []
        })
        .sort((a, b) => a.end - b.end || byId(a.request, b.request))
        .slice(0, limit)
        .map(({ request }) => request),
    save: async request => {
      checkRequest(state, request)
      return saveInto(state.requests, request, other => {
        if (!isOpenRequest(request) || !isOpenRequest(other)) return false
        const sameTarget = request.deviceId !== null && request.deviceId === other.deviceId
        const bothReplace = request.type === 'REPLACEMENT' && other.type === 'REPLACEMENT'
        return (
          (sameTarget && bothReplace) || (request.newDeviceId !== null && request.newDeviceId === other.newDeviceId)
        )
      })
    },
  }
}

export const memoryTransaction = (state: MemoryState, facts: AuditFact[]): Transaction => ({
  users: { get: async id => state.users.get(id) ?? null },
  groups: {
    ofUser: async userId => {
      const ids = state.users.get(userId)?.groupIds ?? []
      const groups = ids.flatMap(id => state.groups.get(id) ?? [])
      return groups.sort((a, b) => (a.name < b.name ? -1 : 1))
    },
  },
  policies: versionsOf(state.policies),
  layouts: versionsOf(state.layouts),
  photos: { ofUser: async userId => state.photos.get(userId) ?? null },
  settings: {
    security: async () => state.settings.security,
    organisation: async () => state.settings.organisation,
    publishedProfiles: async () => state.settings.publishedProfiles,
    lifecycle: async () => state.settings.lifecycle,
    options: async () => state.settings.options,
  },
  devices: {
    get: async id => state.devices.get(id) ?? null,
    byIdentity: async identity => [...state.devices.values()].find(d => d.identity === identity) ?? null,
    byCardUuid: async cardUuid => [...state.devices.values()].find(d => d.cardUuid === cardUuid) ?? null,
    ofUser: async userId => [...state.devices.values()].filter(d => d.userId === userId).sort(byId),
    expired: async (now, limit) =>
      [...state.devices.values()]
        .flatMap(device => {
          const end = device.expiresAt
          return device.state === 'ISSUED' && end !== null && end <= now ? { device, end } : []
        })
        .sort((a, b) => a.end - b.end || byId(a.device, b.device))
        .slice(0, limit)
        .map(({ device }) => device),
    lastChange: async id => {
      const changes = new RegExp(changesOfDevice)
      const last = state.audit.findLast(r => r.deviceId === id && r.result !== 'DENIED' && changes.test(r.action))
      return last ? { by: last.actor.label, at: last.at } : null
    },
    save: async device => {
      checkDevice(state, device)
      const saved = saveInto(state.devices, device, d => d.identity === device.identity)
      if (saved && !mayStillBeDelivered(saved)) withdraw(state, d => d.deviceId === saved.id)
      return saved
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
  requests: memoryRequests(state),
  printJobs: memoryPrintJobs(state),
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
      if (stage !== 'PENDING') withdraw(state, d => d.deviceId === deviceId && (kind === undefined || d.kind === kind))
    },
  },
  deliveries: {
    queue: async delivery => {
      state.deliveries.set(delivery.id, delivery)
      state.outbox.push(deliveryMessage(delivery))
    },
  },
  audit: async fact => {
    facts.push(storableFact(fact))
  },
  outbox: async message => {
    state.outbox.push(structuredClone(message))
  },
})
