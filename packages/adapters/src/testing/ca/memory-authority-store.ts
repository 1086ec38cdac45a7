import type { AuthorityRecord, AuthorityStore, CertificateRecord, CrlScope, StoredCrl } from '../../ca/index.ts'

/** The store of a CA in memory, for tests and demonstrations. One object may serve several CAs-as-servers at once. */
export function createMemoryAuthorityStore(): AuthorityStore {
  let authority: AuthorityRecord | null = null
  let revision = 0
  const records = new Map<string, CertificateRecord>()
  const crls = new Map<CrlScope, StoredCrl>()
  const bySerial = new Map<string, string>()

  const put = (record: CertificateRecord, before?: CertificateRecord) => {
    if (record.serialNumber !== null) {
      const owner = bySerial.get(record.serialNumber)
      if (owner !== undefined && owner !== record.idempotencyKey) throw new Error('Two records with one serial number')
      bySerial.set(record.serialNumber, record.idempotencyKey)
    }
    records.set(record.idempotencyKey, record)
    if (record.status !== 'GOOD' || (before && before.status !== 'GOOD')) revision++
    return record
  }

  return {
    async loadAuthority() {
      return authority
    },
    async createAuthority(wanted) {
      authority ??= wanted
      return authority
    },
    async replaceServices({ version, contentSigner, ocspResponder }) {
      if (authority?.version !== version) return false
      authority = { ...authority, version: version + 1, contentSigner, ocspResponder }
      return true
    },
    async intend(record) {
      return records.get(record.idempotencyKey) ?? put(record)
    },
    async save(record) {
      const before = records.get(record.idempotencyKey)
      if (before?.version !== record.version) return false
      put({ ...record, version: record.version + 1 }, before)
      return true
    },
    async find(idempotencyKey) {
      return records.get(idempotencyKey) ?? null
    },
    async findSerialNumbers(serialNumbers) {
      return serialNumbers.flatMap(serial => records.get(bySerial.get(serial) ?? '') ?? [])
    },
    async revision() {
      return revision
    },
    async revoked(expiringFrom) {
      return [...records.values()].filter(
        ({ status, serialNumber, notAfter }) => status !== 'GOOD' && serialNumber !== null && notAfter >= expiringFrom,
      )
    },
    async latestCrl(scope) {
      return crls.get(scope) ?? null
    },
    async addCrl(scope, crl) {
      if (crl.number !== (crls.get(scope)?.number ?? 0) + 1) return false
      crls.set(scope, crl)
      return true
    },
  }
}
