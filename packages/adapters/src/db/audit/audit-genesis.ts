import { auditKeyName, headBytes, type Keys, noPreviousMac } from '@cardwright/core'
import { sql } from 'kysely'
import { installationFact } from '../administration/installation.ts'
import type { Db } from '../schema/index.ts'

/** Whether the first start is over: it makes the first administrator, which is a record. */
export const isInstalled = async (db: Db): Promise<boolean> =>
  (await installationFact(db, 'first-administrator')) !== undefined

/**
 * Seals the head of a chain without records, once, in a database in which nothing was ever installed. From then on a head
 * that is missing or not sealed was put there by somebody without the key. To be called before anything else is stored.
 */
export const sealAuditGenesis = async (db: Db, keys: Pick<Keys, 'mac'>): Promise<void> => {
  const genesis = { count: 0, lastMac: noPreviousMac }
  const mac = await keys.mac(auditKeyName, headBytes(genesis))
  await sql`update audit_head set last_mac = ${genesis.lastMac}, head_mac = ${mac}
    where count = 0 and length(head_mac) = 0 and not exists (select from installation)
      and not exists (select from users) and not exists (select from audit)`.execute(db)
}
