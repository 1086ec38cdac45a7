export {
  getDirectorySettings,
  putDirectorySettings,
  type StoredDirectory,
  samePasswordHolder,
} from './administration/directory-settings.ts'
export { type Applied, applyGroupPlan, applySyncSteps, type SyncStep } from './administration/directory-sync.ts'
export { createGroup, type GroupWrite, updateGroup } from './administration/groups.ts'
export { claimInstallationFact, installationFact, setInstallationFact } from './administration/installation.ts'
export { createLayout, publishLayout } from './administration/layouts.ts'
export { getLetterSettings, putLetterSettings, type StoredLetterSettings } from './administration/letter-settings.ts'
export {
  getLifecycleSettings,
  putLifecycleSettings,
  type StoredLifecycleSettings,
} from './administration/lifecycle-settings.ts'
export { getMailSettings, putMailSettings, type StoredMailSettings } from './administration/mail-settings.ts'
export { saveScript } from './administration/option-scripts.ts'
export { type Access, type AccessOrSystem, wordOfRole } from './administration/own-access.ts'
export { deletePhoto, putPhoto } from './administration/photos.ts'
export { createPolicy, publishPolicy } from './administration/policies.ts'
export { createPrinter, deletePrinter, type PrinterWrite, updatePrinter } from './administration/printers.ts'
export { createRole, deleteRole, updateRole } from './administration/roles.ts'
export {
  getSecuritySettings,
  putSecuritySettings,
  type StoredSecuritySettings,
} from './administration/security-settings.ts'
export { createUser, setRole, updateUser } from './administration/users.ts'
export type { AccessRefusal, AccessRefusalCode, By, FieldRefusal, Written } from './administration/written.ts'
export { AuditTamperedError } from './audit/append-audit.ts'
export { sealAuditGenesis } from './audit/audit-genesis.ts'
export { type AuditFinding, type AuditVerdict, verifyAudit } from './audit/verify-audit.ts'
export { createAuthorityStore } from './authority/authority-store.ts'
export {
  type Delivery,
  type DeliveryKind,
  getDelivery,
  noteDelivered,
  noteHanded,
  noteNotDelivered,
  noteWay,
  queueAgain,
  queuePasswordMail,
  withdrawDeliveries,
  withdrawDelivery,
} from './deliveries.ts'
export {
  beginDirectoryRun,
  type DirectoryRunCounts,
  endAbandonedDirectoryRuns,
  endDirectoryRun,
  getDirectoryRun,
  listDirectoryRuns,
  newestDirectoryRun,
  type StoredDirectoryRun,
} from './directory-runs.ts'
export { toStoreError } from './errors.ts'
export { dueExpiryMails, type Expiring, type ExpiryMail, getExpiryMail, queueExpiryMail } from './expiry-mails.ts'
export { holdName } from './hold-name.ts'
export { migrate, WrongPostgresError } from './migrate.ts'
export { newId } from './new-id.ts'
export { type DatabaseAddress, type DatabaseOptions, openDatabase, ping } from './open-database.ts'
export { createIdempotencyStore } from './operators/idempotency-store.ts'
export { createSignInStore } from './operators/sign-in-store.ts'
export { newestScripts, type StoredScript, scriptVersions } from './option-scripts.ts'
export { claimOutbox, finishOutbox, forgetDoneOutbox, type OutboxEntry, postponeOutbox, renewOutbox } from './outbox.ts'
export { createPostgresStore } from './postgres-store.ts'
export * from './queries/index.ts'
export type { Db, DbTransaction, Tables } from './schema/index.ts'
export { createDatabase, type Database, type Scope } from './unit-of-work.ts'
export * from './user-portal/index.ts'
