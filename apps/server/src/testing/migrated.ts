import { migrate, openDatabase, sealAuditGenesis } from '@cardwright/adapters/db'
import { testMacs } from '@cardwright/adapters/testing'
import type { Template } from './postgres.ts'

/** A database of this release in which nothing was stored yet, sealed with the keys that tests know. */
export const migrated: Template = {
  name: 'migrated',
  prepare: async database => {
    const db = openDatabase(database, { onConnectionLost: () => {} })
    await migrate(db)
    await sealAuditGenesis(db, testMacs)
    await db.destroy()
  },
}
