import { comparedName, type DbTransaction, hadDevice, tryStore } from '@cardwright/adapters/db'
import type { UserService } from '@cardwright/contract'
import { type AuditFact, issuanceMethod, type LoginMethod, type User, type UserPortalSettings } from '@cardwright/core'
import type { Visitor } from '../http/caller.ts'
import { EdgeError } from '../http/problems.ts'
import type { LoginPorts } from './login-ports.ts'
import { sourceOf } from './source.ts'
import type { BegunVisit } from './visits.ts'

/** Whom a try under an unknown name is recorded for. The name itself is not kept; it may be a password. */
export const NOBODY = { id: '00000000-0000-4000-8000-000000000000', displayName: 'Unknown name' }

const WINDOW_MS = 15 * 60_000

/** Why a try was refused. The audit says it, the person is told nothing of it. */
export type RefusedBecause =
  | 'WRONG'
  | 'UNKNOWN_NAME'
  | 'USER_DISABLED'
  | 'OTHER_METHOD_APPLIES'
  | 'USED_BEFORE'
  | 'ENDED'
  | 'EXPIRED'

export type Verdict =
  | { readonly right: false; readonly because?: RefusedBecause }
  | {
      readonly right: true
      readonly deviceId?: string
      /** Spends what works once, in the transaction of the login; false = somebody was faster. */
      readonly spend?: (trx: DbTransaction) => Promise<boolean>
    }

export type Attempt = {
  readonly visitor: Visitor
  /** The network address that the request came from. */
  readonly address: string
  readonly loginName: string
  readonly method: LoginMethod
  readonly service: Exclude<UserService, 'DEVICE'>
}

export const triesOf = (settings: UserPortalSettings, method: LoginMethod): number =>
  method === 'SECURITY_QUESTIONS' ? settings.wrongAnswers : settings.wrongPasswords

/** Carries a lost race out of the transaction, which rolls it back. */
class Spent extends Error {}

/**
 * One try at logging in, whatever the method. Everything is counted before the secret is looked at, for any name that is
 * typed, and the same work is done for all: neither the answer nor its time tells whether a name exists (U-8).
 */
export const createLogin = (ports: LoginPorts) => {
  const { database, keys, settings, visits, clock } = ports
  const { db } = database
  const tries = tryStore(db)

  const mac = async (keyName: string, text: string): Promise<string> =>
    Buffer.from(await keys.mac(keyName, Buffer.from(text))).toString('base64url')
  /** A person has one counter, whatever spelling of the name finds them. */
  const keyOfUser = (userId: string): Promise<string> => mac('login-tries', `user:${userId}`)
  const keyOf = async (user: User | null, loginName: string): Promise<string> => {
    const name = await comparedName(db, loginName)
    return user ? keyOfUser(user.id) : mac('login-tries', `name:${name}`)
  }

  const factOf = (
    user: Pick<User, 'id' | 'displayName'>,
    action: string,
    result: AuditFact['result'],
    { method, service }: Attempt,
    reason: string | null = null,
  ): AuditFact => ({
    at: clock(),
    actor: { kind: 'user', id: user.id, label: user.displayName },
    action,
    object: { type: 'user', id: user.id, label: user.displayName },
    userId: user === NOBODY ? null : user.id,
    deviceId: null,
    result,
    reason,
    details: { method, service },
  })
  const record = (fact: AuditFact) => database.transaction(async ({ audit }) => audit(fact))

  /** Wrong tries of one network address, over all names. Answers how to take this one back. */
  const admitSource = async (attempt: Attempt, limit: number): Promise<() => Promise<void>> => {
    const key = await mac('login-source', sourceOf(attempt.address))
    const found = await tries.countSource(key, { now: clock(), windowMs: WINDOW_MS })
    if (found.tries > limit) {
      // Once: whoever floods us must not fill the audit.
      if (found.tries === limit + 1) await record(factOf(NOBODY, 'user.login-source-limited', 'DENIED', attempt))
      throw new EdgeError('TOO_MANY_REQUESTS', { seconds: Math.ceil((found.since + WINDOW_MS - clock()) / 1000) })
    }
    return () => tries.uncountSource(key)
  }

  const applies = async (user: User, { service, method }: Attempt, set: UserPortalSettings): Promise<boolean> => {
    if (service === 'WITHOUT_DEVICE') return set.login.withoutDevice === method
    return issuanceMethod(set, await hadDevice(db, user.id)) === method
  }
  const whyNot = async (
    user: User | null,
    attempt: Attempt,
    verdict: Verdict,
    set: UserPortalSettings,
  ): Promise<RefusedBecause | null> => {
    if (!verdict.right) return verdict.because ?? 'WRONG'
    if (user === null) return 'UNKNOWN_NAME'
    if (user.status !== 'ACTIVE') return 'USER_DISABLED'
    return (await applies(user, attempt, set)) ? null : 'OTHER_METHOD_APPLIES'
  }

  const refuse = async (
    user: User | null,
    attempt: Attempt,
    key: string,
    limit: number,
    because: RefusedBecause,
  ): Promise<never> => {
    const who = user ?? NOBODY
    await database.transaction(async ({ trx, audit }) => {
      const locked = await tryStore(trx).lockAt(key, attempt.method, { now: clock(), limit })
      audit(factOf(who, 'user.login-failed', 'FAILURE', attempt, because))
      if (locked) audit(factOf(who, 'user.login-locked', 'DENIED', attempt))
    })
    throw new EdgeError('LOGIN_FAILED')
  }

  const enter = async (user: User, attempt: Attempt, key: string, verdict: Verdict & { right: true }) => {
    const { deviceId = null, spend } = verdict
    const { store, ...begun } = await visits.prepareLogIn(attempt.visitor, user, attempt.service, deviceId)
    await database.transaction(async ({ trx, audit }) => {
      if (spend && !(await spend(trx))) throw new Spent()
      await tryStore(trx).clear(key, attempt.method)
      await store(trx)
      audit({ ...factOf(user, 'user.logged-in', 'SUCCESS', attempt), deviceId })
    })
    return begun
  }

  const attempt = async (what: Attempt, look: (user: User | null) => Promise<Verdict>): Promise<BegunVisit> => {
    const set = await settings()
    const uncountSource = await admitSource(what, set.wrongTriesPerSource)
    const user = await ports.users.byLoginName(what.loginName)
    const key = await keyOf(user, what.loginName)
    const limit = triesOf(set, what.method)
    if (!(await tries.count(key, what.method, { now: clock(), limit }))) {
      await record(factOf(user ?? NOBODY, 'user.login-refused', 'DENIED', what, 'LOCKED'))
      throw new EdgeError('LOGIN_LOCKED')
    }
    const verdict = await look(user).catch(async error => {
      // Nothing was learnt about the secret, so it was no try.
      await tries.uncount(key, what.method)
      await uncountSource()
      throw error
    })
    const because = await whyNot(user, what, verdict, set)
    if (because !== null || user === null || !verdict.right)
      return refuse(user, what, key, limit, because ?? 'UNKNOWN_NAME')
    try {
      const begun = await enter(user, what, key, verdict)
      await uncountSource()
      return begun
    } catch (error) {
      if (error instanceof Spent) return refuse(user, what, key, limit, 'USED_BEFORE')
      throw error
    }
  }

  return { attempt, keyOfUser }
}

export type Login = ReturnType<typeof createLogin>
