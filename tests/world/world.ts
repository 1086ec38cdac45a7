import { randomBytes, randomUUID } from 'node:crypto'
import { type AuthorityStore, type LocalAuthority, openLocalAuthority, publicationUrls } from '@cardwright/adapters/ca'
import { createLocalGateway } from '@cardwright/adapters/card-gateway'
import {
  createSoftwareKeys,
  type ManufacturerKeySet,
  masterSecret,
  type SoftwareKeys,
  sealManufacturerKey,
} from '@cardwright/adapters/keys'
import { createMemoryAuthorityStore, createMemoryStore, type MemoryStore, sample } from '@cardwright/adapters/testing'
import {
  createAttestationRoot,
  createVirtualCard,
  createVirtualReaders,
  type ModelName,
  type Quirks,
  type VirtualCard,
  type VirtualReaders,
} from '@cardwright/card-virtual'
import {
  type CardGateway,
  carryOut,
  type DevicePolicy,
  type Issuance,
  type IssuancePorts,
  isCertificateMessage,
  type PolicyContent,
  type Store,
  type User,
} from '@cardwright/core'
import { nameOf, type SignatureAlgorithm } from '@cardwright/pki'
import type { Channel } from '@cardwright/relay'
import { pivPolicy } from './policies.ts'

export const READER = 'virtual-1'

/** A whole small organisation in memory: real flows, real CA, real relay messages, virtual cards. No network, no disk. */
export type World = {
  readonly store: MemoryStore
  readonly readers: VirtualReaders
  readonly keys: SoftwareKeys
  readonly authority: LocalAuthority
  /** What the CA itself keeps, to ask it which certificates are valid. */
  readonly certificates: AuthorityStore
  readonly user: User
  readonly policy: DevicePolicy
  /** Causes of failures, for a test that fails unexpectedly. */
  readonly causes: unknown[]
  now: number
  readonly ports: IssuancePorts
  /** Ports of another server on the same data, or with something broken. */
  portsWith(change: Partial<IssuancePorts>): IssuancePorts
  gateway(between?: (near: Channel) => Channel): CardGateway
  insert(card: VirtualCard): Promise<string>
  insertion(): Promise<string>
  /** Carries out what the outbox holds, as the server's worker does. */
  settle(): Promise<void>
}

/** The maker of every card here, whom the world trusts. */
export const maker = createAttestationRoot(n => new Uint8Array(randomBytes(n)))
const batchKey = new Uint8Array(32).fill(0x5a)

/** Blank cards as their makers ship them. The plain one carries its manufacturer's key, which the world knows. */
export const blankCard = (
  model: ModelName,
  serial = 3_000_000_001,
  attestationRoot = maker,
  odd: { readonly puk?: string; readonly quirks?: Quirks } = {},
): VirtualCard =>
  createVirtualCard({
    model,
    serial,
    random: n => new Uint8Array(randomBytes(n)),
    now: () => new Date(),
    attestationRoot,
    ...odd,
    ...(model === 'sp800-73' ? { administrationKey: { algorithm: 0x0c, key: batchKey } } : {}),
  })

export const createWorld = async (
  options: {
    readonly policy?: Partial<PolicyContent>
    readonly user?: Partial<User>
    readonly store?: (inner: MemoryStore) => Store
    /** Of the CA; P-384 unless given. */
    readonly authorityAlgorithm?: SignatureAlgorithm
  } = {},
): Promise<World> => {
  const store = createMemoryStore()
  const sets: ManufacturerKeySet[] = []
  const keys = createSoftwareKeys(masterSecret(new Uint8Array(32).fill(7)), sets)
  sets.push(
    await sealManufacturerKey(
      keys,
      { name: 'acme', models: ['PIV card'], algorithm: 'AES-256', derivation: 'shared' },
      batchKey,
    ),
  )
  const policy = sample.aPolicy({ content: { ...pivPolicy, ...options.policy } })
  const group = sample.aGroup({ assignments: { INITIAL: [policy.id] } })
  const user = sample.aUser({
    displayName: 'Anna Beispiel',
    email: 'anna@example.org',
    upn: 'anna@example.org',
    groupIds: [group.id],
    ...options.user,
  })
  store.addPolicy(policy)
  store.addGroup(group)
  store.addUser(user)
  store.setOrganisation('Example Ltd')
  store.setSettings({ pinDisplayMode: 'NOT_DISPLAYED', changePinDuringIssuance: false })

  const causes: unknown[] = []
  const world = { now: Date.now() }
  const certificates = createMemoryAuthorityStore()
  const authority = await openLocalAuthority({
    id: 'local',
    store: certificates,
    keys,
    clock: () => world.now,
    random: n => new Uint8Array(randomBytes(n)),
    organization: nameOf(['O', 'Example Ltd']),
    name: 'Example',
    ...(options.authorityAlgorithm ? { algorithm: options.authorityAlgorithm } : {}),
    urls: publicationUrls('http://localhost:8420'),
    onFailure: e => causes.push(e),
  })
  const readers = createVirtualReaders([{ id: READER, name: 'Virtual reader 1' }])
  const gateway = (between?: (near: Channel) => Channel): CardGateway =>
    createLocalGateway(readers, between ? { between } : {})
  const ports: IssuancePorts = {
    store: options.store?.(store) ?? store,
    gateway: gateway(),
    authority,
    contentSigner: authority,
    keys,
    attestationAnchors: [maker.certificate],
    clock: () => world.now,
    random: n => new Uint8Array(randomBytes(n)),
    newId: () => randomUUID(),
    progress: { report: () => undefined },
    unexpected: error => causes.push(error),
    owner: 'server-1',
    leaseMs: 60_000,
  }
  let settled = 0
  const insertion = async (): Promise<string> => {
    const found = (await readers.list()).find(r => r.id === READER)?.card?.insertion
    if (!found) throw new Error('there is no card in the reader')
    return found
  }
  return Object.assign(world, {
    store,
    readers,
    keys,
    authority,
    certificates,
    user,
    policy,
    causes,
    ports,
    portsWith: (change: Partial<IssuancePorts>) => ({ ...ports, ...change }),
    gateway,
    insertion,
    insert: (card: VirtualCard) => {
      readers.insert(READER, card)
      return insertion()
    },
    settle: async () => {
      // Each once: an old hold carried out again would undo what came after it.
      for (const message of store.outboxMessages().slice(settled)) {
        if (isCertificateMessage(message)) await carryOut(authority, message)
        settled++
      }
    },
  })
}

export const operator: Issuance['startedBy'] = { kind: 'operator', id: 'op-1', label: 'Olga Officer' }
