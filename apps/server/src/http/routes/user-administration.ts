import {
  answersStanding,
  createSecurityQuestion,
  type Database,
  getUserPortalSettings,
  initialPasswordsOf,
  listSecurityQuestions,
  putUserPortalSettings,
  resetLogin,
  type StoredUserPortalSettings,
  tryStore,
  updateSecurityQuestion,
} from '@cardwright/adapters/db'
import { routes, type UserLogins } from '@cardwright/contract'
import type { Clock, User } from '@cardwright/core'
import { triesOf } from '../../user-portal/login.ts'
import { portalProblems } from '../../user-portal/portal-settings.ts'
import type { UserPortal } from '../../user-portal/user-portal.ts'
import { actorOf, type Caller } from '../caller.ts'
import { EdgeError } from '../problems.ts'
import type { Registrar } from '../registrar.ts'
import { written } from '../written.ts'
import { found } from './people.ts'

export type UserAdministrationRoutePorts = {
  readonly database: Database
  readonly userPortal: UserPortal
  readonly users: { get(id: string): Promise<User | null> }
  readonly hasDirectory: () => Promise<boolean>
  readonly hasMail: () => Promise<boolean>
  readonly clock: Clock
}

const timestamp = (ms: number): string => new Date(ms).toISOString()

/** The operators' side of the User portal: its configuration, the catalogue, locked logins, initial passwords. */
export const registerUserAdministrationRoutes = ({ handle }: Registrar, ports: UserAdministrationRoutePorts): void => {
  const { database, userPortal, clock } = ports
  const { db } = database
  const by = (caller: Caller) => ({ actor: actorOf(caller), at: clock() })

  const settingsView = async ({ version, settings, changedAt, changedBy }: StoredUserPortalSettings) => ({
    version,
    settings: { ...settings, login: { ...settings.login } },
    changedAt: changedAt === null ? null : timestamp(changedAt),
    changedBy,
    problems: await portalProblems(ports, settings),
  })
  handle(routes.getUserPortalSettings, async () => settingsView(await getUserPortalSettings(db)))
  handle(routes.putUserPortalSettings, async ({ body, caller }) => {
    if (body.settings.initialPasswordDelivery === 'EMAIL' && !(await ports.hasMail())) {
      const field = 'settings/initialPasswordDelivery'
      throw new EdgeError('INPUT_INVALID', {}, { [field]: 'needs a mail server, and none is configured' })
    }
    return settingsView(written(await putUserPortalSettings(database, body, by(caller))))
  })

  handle(routes.listSecurityQuestions, async () => ({ rows: await listSecurityQuestions(db) }))
  handle(routes.createSecurityQuestion, async ({ body, caller }) =>
    written(await createSecurityQuestion(database, body.text, by(caller))),
  )
  handle(routes.updateSecurityQuestion, async ({ params, body, caller }) =>
    written(await updateSecurityQuestion(database, params.id, body, by(caller))),
  )

  const logins = async (userId: string): Promise<UserLogins> => {
    const user = found(await ports.users.get(userId))
    const settings = await userPortal.settings()
    const locked = await tryStore(db).locked(await userPortal.keyOfTries(user.id), method => triesOf(settings, method))
    const { setAt } = await answersStanding(db, user.id)
    return {
      initialPasswords: (await initialPasswordsOf(db, user.id)).map(p => ({
        deviceId: p.deviceId,
        serial: p.serial,
        createdAt: timestamp(p.createdAt),
        expiresAt: timestamp(p.expiresAt),
        usedAt: p.usedAt === null ? null : timestamp(p.usedAt),
        expired: p.usedAt === null && p.expiresAt <= clock(),
      })),
      questionsSetAt: setAt === null ? null : timestamp(setAt),
      locked: locked.map(({ method, since }) => ({ method, since: timestamp(since) })),
    }
  }
  handle(routes.userLogins, ({ params }) => logins(params.id))
  handle(routes.resetUserLogin, async ({ params, body, caller }) => {
    written(await resetLogin(database, params.id, body.method, await userPortal.keyOfTries(params.id), by(caller)))
    return logins(params.id)
  })
  handle(routes.identityQuestions, async ({ params }) => {
    const { questions, locked, lastChecked } = await userPortal.identityChecks.questions(
      found(await ports.users.get(params.id)),
    )
    return {
      questions: [...questions],
      locked,
      lastChecked: lastChecked && { at: timestamp(lastChecked.at), by: lastChecked.by },
    }
  })
  handle(routes.checkIdentity, async ({ params, body, caller }) =>
    userPortal.identityChecks.check(found(await ports.users.get(params.id)), body.answers, actorOf(caller)),
  )
  handle(routes.newInitialPassword, ({ params, caller }) =>
    userPortal.initialPasswords.create(params.id, actorOf(caller)),
  )
}
