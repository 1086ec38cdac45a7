import { createInitialPassword, createSignInStore, type Database } from '@cardwright/adapters/db'
import type { InitialPassword } from '@cardwright/contract'
import {
  type Actor,
  type Clock,
  initialPassword,
  initialPasswordSelector,
  isMailAddress,
  normaliseInitialPassword,
  type RandomBytes,
  type User,
  type UserPortalSettings,
} from '@cardwright/core'
import { EdgeError } from '../http/problems.ts'
import { written } from '../http/written.ts'
import type { MailDelivery } from '../mail/deliver.ts'
import type { Passwords } from '../sign-in/password.ts'
import { inTurn } from './login-ports.ts'

export type InitialPasswords = {
  /** Before a device is bound: throws an EdgeError if the password could not be delivered to this user. */
  check(userId: string): Promise<void>
  /** A new one for a device that is bound and blank; the one before ends. Shown once or mailed, as the settings say. */
  create(deviceId: string, by: Actor): Promise<InitialPassword>
}

type Users = { get(id: string): Promise<User | null> }

const DAY = 24 * 60 * 60_000

export const createInitialPasswords = (ports: {
  readonly database: Database
  readonly passwords: Passwords
  readonly settings: () => Promise<UserPortalSettings>
  readonly users: Users
  readonly mail: MailDelivery
  readonly wakeOutbox: () => void
  readonly portalUrl: () => string
  readonly random: RandomBytes
  readonly clock: Clock
}): InitialPasswords => {
  const { users, mail, clock } = ports

  /** A mail server that was taken away since: better shown to the operator than to nobody. */
  const isMailed = async (): Promise<boolean> =>
    (await ports.settings()).initialPasswordDelivery === 'EMAIL' && (await mail.mailIsConfigured())
  const recipient = async (from: Users, userId: string): Promise<User> => {
    const user = await from.get(userId)
    if (!isMailAddress(user?.email?.trim() ?? '') || user === null) throw new EdgeError('USER_WITHOUT_MAIL')
    return user
  }

  return {
    check: async userId => {
      if (await isMailed()) await recipient(users, userId)
    },
    create: async (deviceId, by) => {
      const mailed = await isMailed()
      const password = initialPassword(ports.random)
      const hash = await inTurn(ports.passwords.hash(normaliseInitialPassword(password)))
      const at = clock()
      const expiresAt = at + (await ports.settings()).initialPasswordDays * DAY
      let deliveredTo: string | null = null
      const delivery = mailed ? 'EMAIL' : 'SHOWN'
      const row = { deviceId, selector: initialPasswordSelector(password), hash, expiresAt, delivery }
      written(
        await createInitialPassword(ports.database, row, { actor: by, at }, async (scope, { userId }) => {
          if (!mailed || userId === null) return
          const user = await recipient(createSignInStore(scope.trx).users, userId)
          const what = { user, deviceId, password, validUntil: expiresAt, portalUrl: ports.portalUrl() }
          deliveredTo = (await mail.queueInitialPassword(scope, what)).to
        }),
      )
      if (mailed) ports.wakeOutbox()
      return { password: mailed ? null : password, deliveredTo, expiresAt: new Date(expiresAt).toISOString() }
    },
  }
}
