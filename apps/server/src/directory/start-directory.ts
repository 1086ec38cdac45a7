import type { Database } from '@cardwright/adapters/db'
import type { Clock, Keys } from '@cardwright/core'
import type { Logger } from 'pino'
import type { Chore } from '../jobs/housekeeping.ts'
import { startOutboxWorker } from '../jobs/outbox-worker.ts'
import { type CurrentDirectory, createCurrentDirectory, createDirectoryMaker } from './current-directory.ts'
import { directoryCarrier } from './directory-carrier.ts'
import { createDirectoryService, type DirectoryService } from './directory-service.ts'
import { createDirectorySync } from './sync.ts'

export type RunningDirectory = {
  readonly currentDirectory: CurrentDirectory
  readonly service: DirectoryService
  /** Whether a scheduled sync is due. */
  readonly chore: Chore
  /** Looks for certificates to publish now instead of at the next turn. */
  wake(): void
  stop(): Promise<void>
}

const MINUTE = 60_000

/** Everything about the directory: log-ins ask `currentDirectory`, its outbox is carried out, syncs run. */
export const startDirectory = (ports: {
  readonly database: Database
  readonly keys: Pick<Keys, 'seal' | 'unseal'>
  readonly clock: Clock
  readonly log: Logger
}): RunningDirectory => {
  const { database, keys, clock, log } = ports
  const { db } = database
  const make = createDirectoryMaker(log)
  const currentDirectory = createCurrentDirectory({ db, keys, make })
  const sync = createDirectorySync({ database, currentDirectory, clock, log })
  // A worker of its own: a directory that is down delays no revocation.
  const outbox = startOutboxWorker({ db, clock, log, carrier: directoryCarrier({ db, currentDirectory, log }) })
  return {
    currentDirectory,
    service: createDirectoryService({ database, keys, make, sync }),
    chore: { name: 'directory sync', everyMs: MINUTE, work: sync.runIfDue },
    wake: outbox.wake,
    stop: async () => {
      await outbox.stop()
      await sync.drain()
    },
  }
}
