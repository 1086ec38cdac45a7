import { lastIdentityCheck, tryStore } from '@cardwright/adapters/db'
import type { Actor, AuditFact, User } from '@cardwright/core'
import { EdgeError } from '../http/problems.ts'
import { type Login, triesOf } from './login.ts'
import type { LoginPorts } from './login-ports.ts'
import type { AnswerGiven, SecurityQuestions } from './security-questions.ts'

const WINDOW_MS = 15 * 60_000
const method = 'SECURITY_QUESTIONS' as const

export type IdentityChecks = {
  /** What a caller can be asked: the questions of a login without the device. */
  questions(user: User): Promise<{
    readonly questions: readonly { readonly id: string; readonly text: string }[]
    readonly locked: boolean
    readonly lastChecked: { readonly at: number; readonly by: string } | null
  }>
  check(user: User, given: readonly AnswerGiven[], by: Actor): Promise<{ right: boolean; locked: boolean }>
}

/**
 * A Help desk asks a caller the security questions. Wrong answers count with those at the User portal, so that the
 * telephone is no second door for guessing (U-8); the operator takes the place of the network address.
 */
export const createIdentityChecks = (
  ports: Pick<LoginPorts, 'database' | 'keys' | 'settings' | 'clock'>,
  login: Pick<Login, 'keyOfUser'>,
  questions: Pick<SecurityQuestions, 'ofUser' | 'verify'>,
): IdentityChecks => {
  const { database, settings, clock } = ports
  const { db } = database
  const tries = tryStore(db)

  const isLocked = async (key: string): Promise<boolean> => {
    const set = await settings()
    return (await tries.locked(key, of => triesOf(set, of))).some(l => l.method === method)
  }
  const factOf = (
    { id, displayName }: User,
    by: Actor,
    result: AuditFact['result'],
    { action = 'user.identity-checked', reason = null }: { action?: string; reason?: string | null } = {},
  ): AuditFact => ({
    at: clock(),
    actor: by,
    action,
    object: { type: 'user', id, label: displayName },
    userId: id,
    deviceId: null,
    result,
    reason,
    details: { method },
  })

  const admitOperator = async (by: Actor, limit: number): Promise<() => Promise<void>> => {
    const mac = await ports.keys.mac('login-source', Buffer.from(`operator:${by.id}`))
    const key = Buffer.from(mac).toString('base64url')
    const found = await tries.countSource(key, { now: clock(), windowMs: WINDOW_MS })
    if (found.tries > limit)
      throw new EdgeError('TOO_MANY_REQUESTS', { seconds: Math.ceil((found.since + WINDOW_MS - clock()) / 1000) })
    return () => tries.uncountSource(key)
  }

  return {
    questions: async user => ({
      questions: await questions.ofUser(user.id),
      locked: await isLocked(await login.keyOfUser(user.id)),
      lastChecked: await lastIdentityCheck(db, user.id),
    }),

    check: async (user, given, by) => {
      const set = await settings()
      const uncountOperator = await admitOperator(by, set.wrongTriesPerSource)
      const key = await login.keyOfUser(user.id)
      const limit = triesOf(set, method)
      if (!(await tries.count(key, method, { now: clock(), limit }))) {
        await database.transaction(async ({ audit }) => audit(factOf(user, by, 'DENIED', { reason: 'LOCKED' })))
        return { right: false, locked: true }
      }
      const right = await questions.verify(user, given).catch(async error => {
        // Nothing was learnt about the answers, so it was no try.
        await tries.uncount(key, method)
        await uncountOperator()
        throw error
      })
      const locked = await database.transaction(async ({ trx, audit }) => {
        audit(factOf(user, by, right ? 'SUCCESS' : 'FAILURE'))
        if (right) {
          await tryStore(trx).clear(key, method)
          return false
        }
        const now = await tryStore(trx).lockAt(key, method, { now: clock(), limit })
        if (now) audit(factOf(user, by, 'DENIED', { action: 'user.login-locked' }))
        return now
      })
      if (right) await uncountOperator()
      return { right, locked }
    },
  }
}
