import type { SignatureAlgorithm, Signer } from '@cardwright/pki'

/** A key of a CA or service. `handle` finds it again: a sealed private key here, an address where there is an HSM. */
export type SigningKey = { readonly handle: Uint8Array; readonly signer: Signer }

/** Keys that sign certificates, CRLs and OCSP answers. Same errors as the keys port. */
export interface SigningKeys {
  /** `purpose` binds the handle to its use: a key made as one is not opened as another. */
  createSigningKey(purpose: string, algorithm: SignatureAlgorithm): Promise<SigningKey>
  openSigningKey(purpose: string, handle: Uint8Array): Promise<Signer>
}
