export { type LocalAuthorityOptions, type PublicationUrls, publicationUrls } from './local/authority-options.ts'
export type {
  AuthorityRecord,
  AuthorityStore,
  CertificateRecord,
  CertifiedKey,
  CrlScope,
  RevokedEntry,
  StoredCrl,
} from './local/authority-store.ts'
export { type LocalAuthority, openLocalAuthority } from './local/local-authority.ts'
