import { type LoginMethod, refuse, type User } from '@cardwright/core'
import { type By, factOf, refuseWrite, type Written, write } from '../administration/written.ts'
import { userPort } from '../transaction/people.ts'
import type { Database } from '../unit-of-work.ts'
import { time } from '../values.ts'
import { tryStore } from './tries.ts'

/**
 * U-8: a Help desk unlocks a method; answers are removed, and the user enters them anew at the next login. Visits without
 * a device end: somebody who guessed the secret must not be the one who sets the new answers.
 */
export const resetLogin = (
  database: Database,
  userId: string,
  method: LoginMethod,
  key: string,
  by: By,
): Promise<Written<User>> =>
  write(database, async ({ trx, audit }) => {
    const user = (await userPort(trx).get(userId)) ?? refuseWrite(refuse('NOT_FOUND'))
    await tryStore(trx).reset(key, method)
    await trx.deleteFrom('user_visits').where('user_id', '=', userId).where('service', '=', 'WITHOUT_DEVICE').execute()
    if (method === 'SECURITY_QUESTIONS') {
      await trx.deleteFrom('security_answers').where('user_id', '=', userId).execute()
      await trx
        .insertInto('security_answers_due')
        .values({ user_id: userId, since: time(by.at) })
        .onConflict(c => c.column('user_id').doUpdateSet({ since: time(by.at) }))
        .execute()
    }
    audit(factOf(by, 'user.login-reset', { type: 'user', id: userId, label: user.displayName }, { method }))
    return user
  })
