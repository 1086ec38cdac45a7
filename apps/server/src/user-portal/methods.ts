import { directoryIdOf, findInitialPassword, spendInitialPassword } from '@cardwright/adapters/db'
import { DirectoryError, initialPasswordSelector, normaliseInitialPassword } from '@cardwright/core'
import { EdgeError } from '../http/problems.ts'
import { type Attempt, type Login, NOBODY, type Verdict } from './login.ts'
import { inTurn, type LoginPorts } from './login-ports.ts'
import type { AnswerGiven, SecurityQuestions } from './security-questions.ts'
import type { BegunVisit } from './visits.ts'

type Try = Omit<Attempt, 'method'>

/** The three ways to log in (U-4). Each does the same slow work whether or not there is anything to compare with. */
export const createLoginMethods = (ports: LoginPorts, login: Login, questions: SecurityQuestions) => {
  const { passwords, clock } = ports
  const { db } = ports.database

  /** U-11: spent by the login, so of two at once one gets in; what is left to do is done in that visit. */
  const withInitialPassword = (at: Omit<Try, 'service'>, password: string): Promise<BegunVisit> =>
    login.attempt({ ...at, service: 'ISSUANCE', method: 'INITIAL_PASSWORD' }, async (user): Promise<Verdict> => {
      const typed = normaliseInitialPassword(password)
      const stored = await findInitialPassword(db, user?.id ?? NOBODY.id, initialPasswordSelector(typed))
      const right = await inTurn(stored ? passwords.verify(typed, stored.hash) : passwords.verifyNobody(typed))
      if (!right || stored === null) return { right: false }
      if (stored.usedAt !== null) return { right: false, because: 'USED_BEFORE' }
      if (stored.ended) return { right: false, because: 'ENDED' }
      if (stored.expiresAt <= clock()) return { right: false, because: 'EXPIRED' }
      return { right: true, deviceId: stored.deviceId, spend: trx => spendInitialPassword(trx, stored.id, clock()) }
    })

  /**
   * The directory is asked for unknown names too. When it cannot be reached that is said, nothing is counted and nobody is
   * locked.
   */
  const withLdapPassword = (at: Try, password: string): Promise<BegunVisit> =>
    login.attempt({ ...at, method: 'LDAP_PASSWORD' }, async (user): Promise<Verdict> => {
      const directory = await ports.currentDirectory()
      if (directory === null) throw new EdgeError('DIRECTORY_UNREACHABLE')
      const directoryId = await directoryIdOf(db, user?.id ?? NOBODY.id)
      try {
        const name = user?.loginName ?? at.loginName
        return { right: (await directory.authenticate(name, password, directoryId ?? undefined)) === 'RIGHT' }
      } catch (error) {
        if (!(error instanceof DirectoryError)) throw error
        ports.directoryFailed(error)
        throw new EdgeError('DIRECTORY_UNREACHABLE')
      }
    })

  const withAnswers = (at: Try, answers: readonly AnswerGiven[]): Promise<BegunVisit> =>
    login.attempt({ ...at, method: 'SECURITY_QUESTIONS' }, async user => ({
      right: await questions.verify(user, answers),
    }))

  return { withInitialPassword, withLdapPassword, withAnswers }
}

export type LoginMethods = ReturnType<typeof createLoginMethods>
