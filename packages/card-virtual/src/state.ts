import type { ModelName } from './models.ts'

/** A PIN or PUK: the 8 bytes on the wire, how many wrong tries it allows, how many are left. */
export type Reference = {
  readonly value: Uint8Array
  readonly tries: number
  readonly left: number
}

/** `algorithm` as in SP 800-78-5 table 6-1: 03 3DES, 08 AES-128, 0A AES-192, 0C AES-256. Touch policy as in Yubico's. */
export type AdministrationKey = {
  readonly algorithm: number
  readonly key: Uint8Array
  readonly touchPolicy: number
}

export type PrivateKey = {
  readonly algorithm: number
  /** PKCS #8 DER. */
  readonly pkcs8: Uint8Array
  readonly origin: 'generated' | 'imported'
  readonly pinPolicy: number
  readonly touchPolicy: number
}

/** What a PIV application keeps without power. */
export type PivPersistent = {
  readonly pin: Reference
  readonly puk: Reference
  readonly administrationKey: AdministrationKey
  /** By key reference, two hex digits. */
  readonly keys: { readonly [reference: string]: PrivateKey }
  /** By tag in hex; the value inside 53, for 7E and 7F61 the object's own value. */
  readonly objects: { readonly [tag: string]: Uint8Array }
}

export type SecureChannelKeys = {
  readonly version: number
  readonly enc: Uint8Array
  readonly mac: Uint8Array
  readonly dek: Uint8Array
}

/** Everything that survives power loss; all changes go through one atomic write of a whole new value. */
export type Persistent = {
  readonly model: ModelName
  /** Unsigned, up to 2³² − 1. */
  readonly serial: number
  readonly factory: {
    readonly pin: Uint8Array
    readonly puk: Uint8Array
    readonly administrationKey: AdministrationKey
  }
  readonly piv: PivPersistent
  readonly securityDomain: {
    readonly keys: readonly SecureChannelKeys[]
    readonly failures: number
    readonly sequence: number
  }
  /** DER of the root that signed the attestation certificate; absent on cards that do not attest. */
  readonly attestationRoot?: Uint8Array
}

/** What the card began with a challenge or witness and waits to finish (SP 800-73pt2-5 §3.2.4). */
export type PendingAuthentication =
  | { readonly kind: 'single'; readonly challenge: Uint8Array }
  | { readonly kind: 'mutual'; readonly witness: Uint8Array }

/** Security status of the PIV application: dies with power, reset, or selection of another application. */
export type Volatile = {
  pinVerified: boolean
  /** VERIFY succeeded and no key with "PIN always" has used it up. */
  pinUnused: boolean
  administrator: boolean
  pending?: PendingAuthentication
}

export function freshVolatile(): Volatile {
  return { pinVerified: false, pinUnused: false, administrator: false }
}
