import {
  claimOutbox,
  type Db,
  finishOutbox,
  type OutboxEntry,
  postponeOutbox,
  renewOutbox,
} from '@cardwright/adapters/db'
import {
  type CertificateAuthority,
  CertificateAuthorityError,
  type Clock,
  type RevocationReason,
} from '@cardwright/core'
import type { Logger } from 'pino'

export type OutboxWorkerPorts = {
  readonly db: Db
  readonly authorities: ReadonlyMap<string, CertificateAuthority>
  readonly clock: Clock
  readonly log: Logger
  /** Called after certificates changed: relying parties should learn of it at once. */
  readonly changed: () => Promise<unknown>
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

const carryOut = async ({ message }: OutboxEntry, authority: CertificateAuthority): Promise<void> => {
  const reason = message.reason as RevocationReason
  if (message.kind === 'certificate.abandon') {
    await authority.abandon({ idempotencyKey: message.idempotencyKey, reason })
  } else {
    await authority.changeStatus({ serialNumber: message.serialNumber, change: message.change, reason })
  }
}

/** Carries the wishes to the certificate authorities out, at least once each, those about one certificate in their order. */
export const startOutboxWorker = (ports: OutboxWorkerPorts): OutboxWorker => {
  const { db, clock, log } = ports

  const one = async (entry: OutboxEntry): Promise<boolean> => {
    const authority = ports.authorities.get(entry.message.authorityId)
    try {
      if (!(await renewOutbox(db, entry, clock() + LEASE_MS))) return false
      if (!authority) throw new CertificateAuthorityError('CA_UNREACHABLE', 'no such certificate authority here')
      await carryOut(entry, authority)
      await finishOutbox(db, entry, clock())
      return true
    } catch (error) {
      const code = error instanceof CertificateAuthorityError ? error.code : 'INTERNAL'
      log.warn({ err: error, message: entry.id, kind: entry.message.kind, attempts: entry.attempts }, 'not done yet')
      await postponeOutbox(db, entry, clock() + backoff(entry.attempts), code)
      return false
    }
  }

  const turn = async (): Promise<number> => {
    let done = 0
    for (;;) {
      const entries = await claimOutbox(db, { now: clock(), leaseMs: LEASE_MS, limit: AT_ONCE })
      if (entries.length === 0) break
      for (const entry of entries) if (await one(entry)) done++
    }
    if (done > 0) await ports.changed()
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
      await current?.catch(() => 0)
    },
  }
}
