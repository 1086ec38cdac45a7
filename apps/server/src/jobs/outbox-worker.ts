import {
  claimOutbox,
  type Db,
  finishOutbox,
  type OutboxEntry,
  postponeOutbox,
  renewOutbox,
} from '@cardwright/adapters/db'
import type { Clock, OutboxMessage } from '@cardwright/core'
import type { Logger } from 'pino'

export type OutboxWorkerPorts = {
  readonly db: Db
  readonly clock: Clock
  readonly log: Logger
  readonly carrier: Carrier
}

/** Carries messages out to one kind of outside system. Each has a worker of its own: one that hangs delays no other. */
export type Carrier = {
  readonly kinds: readonly OutboxMessage['kind'][]
  /** Must take the same message twice. What it throws postpones the message. */
  carryOut(entry: OutboxEntry): Promise<void>
  /** The error's code, for operators; null if it is an unexpected one. */
  codeOf(error: unknown): string | null
  /** How many it claims at a time; few, for their leases run while they wait. */
  readonly atOnce?: number
  /** The server stops: what takes long is given up. */
  readonly stopping?: () => void
  /** Called after a turn in which something was carried out. */
  readonly changed?: () => Promise<unknown>
}

export type OutboxWorker = {
  /** Looks now instead of at the next turn. */
  wake(): void
  /** One turn: carries out what is due. Answers how many messages were carried out. */
  drain(): Promise<number>
  stop(): Promise<void>
}

const EVERY_MS = 5_000
const LEASE_MS = 60_000
/** Few: the last of a batch waits for all before it, and its lease runs. */
const AT_ONCE = 5

/** 2 s, 4 s, 8 s … up to 10 minutes: a hold that the CA could not take is tried until it is done. */
const backoff = (attempts: number): number => Math.min(2 ** attempts * 1000, 600_000)

/** Carries the wishes of its carrier's kinds out, at least once each, those about one subject in their order. */
export const startOutboxWorker = (ports: OutboxWorkerPorts): OutboxWorker => {
  const { db, clock, log, carrier } = ports

  const one = async (entry: OutboxEntry): Promise<boolean> => {
    // Printing a letter may take as long as nobody brings paper.
    const alive = setInterval(() => {
      renewOutbox(db, entry, clock() + LEASE_MS).catch(error => log.warn(error, 'a lease was not renewed'))
    }, LEASE_MS / 3)
    try {
      if (!(await renewOutbox(db, entry, clock() + LEASE_MS))) return false
      await carrier.carryOut(entry)
      await finishOutbox(db, entry, clock())
      return true
    } catch (error) {
      const code = carrier.codeOf(error) ?? 'INTERNAL'
      log.warn({ err: error, message: entry.id, kind: entry.message.kind, attempts: entry.attempts }, 'not done yet')
      await postponeOutbox(db, entry, clock() + backoff(entry.attempts), code)
      return false
    } finally {
      clearInterval(alive)
    }
  }

  const turn = async (): Promise<number> => {
    let done = 0
    for (;;) {
      const entries = await claimOutbox(db, {
        now: clock(),
        leaseMs: LEASE_MS,
        limit: carrier.atOnce ?? AT_ONCE,
        kinds: carrier.kinds,
      })
      if (entries.length === 0) break
      for (const entry of entries) if (await one(entry)) done++
    }
    if (done > 0) await carrier.changed?.()
    return done
  }

  let stopped = false
  let again = false
  let current: Promise<number> | null = null
  const drain = (): Promise<number> => {
    current ??= turn().finally(() => {
      current = null
      if (again && !stopped) {
        again = false
        wake()
      }
    })
    return current
  }
  const wake = () => {
    if (stopped) return
    // A message that was stored while a turn goes on may have been overlooked by it.
    if (current !== null) again = true
    else drain().catch(error => log.error(error, 'carrying out what the outbox holds failed'))
  }
  const timer = setInterval(wake, EVERY_MS)
  wake()
  return {
    wake,
    drain,
    stop: async () => {
      stopped = true
      clearInterval(timer)
      carrier.stopping?.()
      await current?.catch(() => 0)
    },
  }
}
