import { createDatabase, createPostgresStore } from '@cardwright/adapters/db'
import { createTestDatabase, testMacs } from '@cardwright/adapters/testing'
import type { Clock } from '@cardwright/core'
import { pino } from 'pino'
import { type Carrier, type OutboxWorker, startOutboxWorker } from './outbox-worker.ts'

export type TestOutbox = Awaited<ReturnType<typeof openOutbox>>

/** An empty database whose outbox is carried out by the workers that a test starts; closing it stops them. */
export const openOutbox = async (clock: Clock) => {
  const db = await createTestDatabase()
  const database = createDatabase(db, testMacs)
  const log = pino({ level: 'silent' })
  const workers: OutboxWorker[] = []
  return {
    db,
    database,
    store: createPostgresStore(database),
    log,
    start: (carrier: Carrier): OutboxWorker => {
      const worker = startOutboxWorker({ db, clock, log, carrier })
      workers.push(worker)
      // The turn that it begins with may look before the test has stored what is to be carried out.
      let beginning: Promise<number> | null = worker.drain()
      beginning.catch(() => 0)
      const drain = async () => {
        const begun = (await beginning) ?? 0
        beginning = null
        return begun + (await worker.drain())
      }
      return { ...worker, drain }
    },
    close: async (): Promise<void> => {
      for (const worker of workers) await worker.stop()
      await db.destroy()
    },
  }
}
