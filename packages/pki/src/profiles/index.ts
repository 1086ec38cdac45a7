import { cardAuthentication } from './card-authentication.ts'
import { digitalSignature } from './digital-signature.ts'
import { keyManagement } from './key-management.ts'
import { pivAuthentication } from './piv-authentication.ts'
import type { HolderProfileName, HolderRequest, Issuer, ProfileResult } from './profile.ts'

/** Profiles for keys on a card, by name. Each answers a certificate ready to sign, or every reason why not. */
export const HOLDER_PROFILES: Readonly<
  Record<HolderProfileName, (request: HolderRequest, issuer: Issuer) => ProfileResult>
> = {
  'piv-authentication': pivAuthentication,
  'digital-signature': digitalSignature,
  'key-management': keyManagement,
  'card-authentication': cardAuthentication,
}
