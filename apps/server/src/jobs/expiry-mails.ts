import { type Database, dueExpiryMails, getMailSettings, queueExpiryMail } from '@cardwright/adapters/db'
import { type Clock, expiryDays, isMailAddress, type Store } from '@cardwright/core'

export type ExpiryMailPorts = {
  readonly database: Database
  readonly store: Store
  readonly clock: Clock
  readonly wakeOutbox: () => void
}

const AT_ONCE = 200

/**
 * N-3: queues the mails that are due before devices expire. Each is stored under its device and its number of days together
 * with the wish to send it, so however often and on however many servers this runs, it goes out once. Without a mail server
 * nothing is queued: what is due when there is one, is due then.
 */
export const createExpiryMails =
  ({ database, store, clock, wakeOutbox }: ExpiryMailPorts) =>
  async (): Promise<number> => {
    if ((await getMailSettings(database.db)).settings.host === '') return 0
    const days = expiryDays(await store.transaction(tx => tx.settings.options()))
    const now = clock()
    let queued = 0
    let after: string | null = null
    for (;;) {
      const due = await dueExpiryMails(database.db, { now, days, after, limit: AT_ONCE })
      for (const expiring of due.filter(({ email }) => isMailAddress(email.trim())))
        if (await database.transaction(({ trx }) => queueExpiryMail(trx, expiring, now))) queued++
      after = due.at(-1)?.deviceId ?? null
      if (due.length < AT_ONCE) break
    }
    if (queued > 0) wakeOutbox()
    return queued
  }
