import type {
  AuditRecord,
  CardLayout,
  CardPictures,
  Credential,
  Device,
  DevicePolicy,
  DeviceRequest,
  Group,
  Issuance,
  LifecycleSettings,
  NewDelivery,
  Options,
  OutboxMessage,
  PrintJob,
  SecuritySettings,
  StoredSecret,
  User,
} from '@cardwright/core'
import { defaultLifecycleSettings, defaultOptions, defaultSecuritySettings } from '@cardwright/core'

/** Everything a memory store holds. Objects are never changed in place, so a snapshot is a copy of the maps. */
export type MemoryState = {
  readonly users: Map<string, User>
  readonly groups: Map<string, Group>
  /** By `id/version`. */
  readonly policies: Map<string, DevicePolicy>
  /** By `id/version`. */
  readonly layouts: Map<string, CardLayout>
  /** By user. */
  readonly photos: Map<string, Uint8Array>
  readonly devices: Map<string, Device>
  readonly credentials: Map<string, Credential>
  readonly issuances: Map<string, Issuance>
  readonly requests: Map<string, DeviceRequest>
  readonly printJobs: Map<string, PrintJob>
  /** By the job's id. */
  readonly printPictures: Map<string, CardPictures>
  /** Those that wait. */
  readonly deliveries: Map<string, NewDelivery>
  /** By `device/kind/stage`. */
  readonly secrets: Map<string, StoredSecret>
  readonly audit: AuditRecord[]
  readonly outbox: OutboxMessage[]
  readonly settings: {
    security: SecuritySettings
    lifecycle: LifecycleSettings
    options: Options
    organisation: string
    publishedProfiles: readonly string[]
  }
}

export const emptyState = (): MemoryState => ({
  users: new Map(),
  groups: new Map(),
  policies: new Map(),
  layouts: new Map(),
  photos: new Map(),
  devices: new Map(),
  credentials: new Map(),
  issuances: new Map(),
  requests: new Map(),
  printJobs: new Map(),
  printPictures: new Map(),
  deliveries: new Map(),
  secrets: new Map(),
  audit: [],
  outbox: [],
  settings: {
    security: defaultSecuritySettings,
    lifecycle: defaultLifecycleSettings,
    options: defaultOptions,
    organisation: 'Example Organisation',
    publishedProfiles: [],
  },
})

export const snapshot = (state: MemoryState): MemoryState => ({
  users: new Map(state.users),
  groups: new Map(state.groups),
  policies: new Map(state.policies),
  layouts: new Map(state.layouts),
  photos: new Map(state.photos),
  devices: new Map(state.devices),
  credentials: new Map(state.credentials),
  issuances: new Map(state.issuances),
  requests: new Map(state.requests),
  printJobs: new Map(state.printJobs),
  printPictures: new Map(state.printPictures),
  deliveries: new Map(state.deliveries),
  secrets: new Map(state.secrets),
  audit: [...state.audit],
  outbox: [...state.outbox],
  settings: { ...state.settings },
})
