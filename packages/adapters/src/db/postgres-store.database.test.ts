import { createPGliteDatabase, testMacs } from '../testing/store/pglite.ts'
import { postgresHarness } from '../testing/store/postgres-harness.ts'
import { storeContract } from '../testing/store/store-contract.ts'
import { createDatabase } from './unit-of-work.ts'

storeContract('PGlite', async () => {
  const db = await createPGliteDatabase()
  const database = createDatabase(db, testMacs)
  return postgresHarness(database, database, () => db.destroy())
})
