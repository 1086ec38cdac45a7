import type { AuditFact } from '../audit/audit-record.ts'
import type { Credential } from '../credential/credential.ts'
import type { NewDelivery } from '../delivery/delivery.ts'
import type { Device } from '../device/device.ts'
import type { Issuance } from '../issuance/issuance.ts'
import type { CardLayout } from '../layout/card-layout.ts'
import type { Options } from '../options/option-table.ts'
import type { Group, User } from '../people/user.ts'
import type { DevicePolicy } from '../policy/device-policy.ts'
import type { PrintFault, PrintJob } from '../printing/print-job.ts'
import type { DeviceRequest } from '../request/device-request.ts'
import type { LifecycleSettings } from '../settings/lifecycle-settings.ts'
import type { SecuritySettings } from '../settings/security-settings.ts'
import type { CardPictures } from './card-renderer.ts'

/** A sealed PIN or PUK. PENDING = stored before it was sent to the card; CURRENT = known to be on it. */
export type StoredSecret = {
  readonly deviceId: string
  readonly kind: 'PIN' | 'PUK'
  readonly stage: 'PENDING' | 'CURRENT'
  readonly issuanceId: string
  readonly sealed: Uint8Array
}

/** A wish to the outside world, kept in the same transaction as the change that made it; carried out at least once. */
export type OutboxMessage =
  | {
      readonly kind: 'certificate.change-status'
      readonly authorityId: string
      readonly serialNumber: string
      readonly change: 'hold' | 'resume' | 'revoke'
      readonly reason: string
    }
  | {
      readonly kind: 'certificate.abandon'
      readonly authorityId: string
      readonly idempotencyKey: string
      readonly reason: string
    }
  /**
   * An initial password stands sealed beside its delivery until it is delivered; of a PIN or PUK there is no copy, only the
   * stored one of the device.
   */
  | { readonly kind: 'mail.deliver' | 'letter.print'; readonly deliveryId: string }
  /** Before a device expires; its text is made when it is sent, and holds no secret. */
  | { readonly kind: 'mail.expiry'; readonly mailId: string }
  | {
      readonly kind: 'directory.publish' | 'directory.withdraw'
      readonly userId: string
      readonly credentialId: string
    }

/** The wishes to a certificate authority. */
export type CertificateMessage = Extract<OutboxMessage, { readonly kind: `certificate.${string}` }>

export type DirectoryMessage = Extract<OutboxMessage, { readonly kind: `directory.${string}` }>

/**
 * What a flow may do inside one transaction. `save` is a compare-and-set on `version` and answers the stored object
 * with its new version, or null if somebody else was faster. `version` 0 = insert (null if it exists already).
 */
export interface Transaction {
  readonly users: { get(id: string): Promise<User | null> }
  readonly groups: { ofUser(userId: string): Promise<readonly Group[]> }
  readonly policies: {
    get(id: string, version?: number): Promise<DevicePolicy | null>
    newest(ids: readonly string[]): Promise<readonly DevicePolicy[]>
  }
  readonly layouts: {
    get(id: string, version?: number): Promise<CardLayout | null>
    newest(ids: readonly string[]): Promise<readonly CardLayout[]>
  }
  readonly photos: {
    /** The JPEG, or null. */
    ofUser(userId: string): Promise<Uint8Array | null>
  }
  readonly settings: {
    security(): Promise<SecuritySettings>
    organisation(): Promise<string>
    /** Certificate profiles that are published in the directory; none = publishing is off. */
    publishedProfiles(): Promise<readonly string[]>
    lifecycle(): Promise<LifecycleSettings>
    /** What the newest versions of the options scripts say, or the defaults. N-2: asked when something begins, not later. */
    options(): Promise<Options>
  }
  readonly devices: {
    get(id: string): Promise<Device | null>
    byIdentity(identity: string): Promise<Device | null>
    /** The device whose CHUID has, or is being given, this GUID. */
    byCardUuid(cardUuid: string): Promise<Device | null>
    /** All that are bound to this user, terminated ones too; by id. */
    ofUser(userId: string): Promise<readonly Device[]>
    /** ISSUED ones whose validity ended at or before `now`; at most `limit`. */
    expired(now: number, limit: number): Promise<readonly Device[]>
    /** Who changed it last, by its audit; null if nothing is recorded. */
    lastChange(id: string): Promise<{ readonly by: string; readonly at: number } | null>
    save(device: Device): Promise<Device | null>
  }
  readonly credentials: {
    ofDevice(deviceId: string): Promise<readonly Credential[]>
    save(credential: Credential): Promise<Credential | null>
  }
  readonly issuances: {
    get(id: string): Promise<Issuance | null>
    /** RUNNING, WAITING_FOR_PIN or FAILED; at most one a device, held by a unique index. */
    openOfDevice(deviceId: string): Promise<Issuance | null>
    /** The newest open one that this user started for themselves. */
    openOfUser(userId: string): Promise<Issuance | null>
    save(issuance: Issuance): Promise<Issuance | null>
    /**
     * A sign of life for RUNNING ones of this owner: their lease ends at `until`. No change of the issuance, so its version
     * stays.
     */
    renew(ids: readonly string[], owner: string, until: number): Promise<void>
    /** RUNNING ones whose lease ended before `now`. */
    abandoned(now: number): Promise<readonly Issuance[]>
  }
  readonly requests: {
    get(id: string): Promise<DeviceRequest | null>
    /** The open REPLACEMENT whose target this device is; at most one, held by a unique index. */
    openOfTarget(deviceId: string): Promise<DeviceRequest | null>
    /** The open one that this device is bound to, or issued for; at most one, held by a unique index. */
    openOfNewDevice(deviceId: string): Promise<DeviceRequest | null>
    /** Oldest first. */
    openOfUser(userId: string): Promise<readonly DeviceRequest[]>
    /** PENDING_APPROVAL and APPROVED ones with `expiresAt` at or before `now`; at most `limit`. */
    due(now: number, limit: number): Promise<readonly DeviceRequest[]>
    save(request: DeviceRequest): Promise<DeviceRequest | null>
  }
  readonly printJobs: {
    get(id: string): Promise<PrintJob | null>
    /** QUEUED or PRINTING; at most one a device, held by a unique index. */
    openOfDevice(deviceId: string): Promise<PrintJob | null>
    /** Newest first. */
    ofDevice(deviceId: string): Promise<readonly PrintJob[]>
    save(job: PrintJob): Promise<PrintJob | null>
    /** As with issuances: a sign of life is no change. */
    renew(ids: readonly string[], owner: string, until: number): Promise<void>
    /** `fault` of a job that is PRINTING at this server; like a sign of life it is no change. */
    noteWaiting(id: string, owner: string, waitsFor: PrintFault | null): Promise<void>
    /** Open ones whose lease ended before `now`. */
    abandoned(now: number): Promise<readonly PrintJob[]>
    pictures(id: string): Promise<CardPictures | null>
    putPictures(id: string, pictures: CardPictures): Promise<void>
    /** Of all jobs of the device but this one. */
    wipePictures(deviceId: string, exceptJobId: string | null): Promise<void>
  }
  readonly secrets: {
    of(deviceId: string, kind: 'PIN' | 'PUK'): Promise<readonly StoredSecret[]>
    /** Replaces the one of the same device, kind and stage. */
    put(secret: StoredSecret): Promise<void>
    /** Without a PIN there is nothing to deliver: what waits with it is withdrawn. */
    wipe(deviceId: string, kind?: 'PIN' | 'PUK', stage?: 'PENDING' | 'CURRENT'): Promise<void>
  }
  readonly deliveries: {
    /** With the wish to carry it out. Withdrawn when the device no longer is one to deliver for (mayStillBeDelivered). */
    queue(delivery: NewDelivery): Promise<void>
  }
  /** Numbered and chained under one lock at commit order. */
  audit(fact: AuditFact): Promise<void>
  outbox(message: OutboxMessage): Promise<void>
}

/** Owned by the core, implemented by adapters/db. Throws StoreError (`code`: STORE_FULL, STORE_UNAVAILABLE, STORE_CONFLICT). */
export interface Store {
  /** Commits when `work` resolves, rolls back when it throws; may run `work` again after a serialisation conflict. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
}

export class StoreError extends Error {
  readonly code: 'STORE_FULL' | 'STORE_UNAVAILABLE' | 'STORE_CONFLICT'
  constructor(code: StoreError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreError'
    this.code = code
  }
}
