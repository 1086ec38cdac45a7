import { type Database, fewestAnswers, getUserPortalSettings, listSecurityQuestions } from '@cardwright/adapters/db'
import type { UserPortalSettings } from '@cardwright/core'

type Surroundings = {
  readonly database: Database
  readonly hasDirectory: () => Promise<boolean>
  readonly hasMail: () => Promise<boolean>
}

const usesQuestions = ({ setSecurityQuestions, login }: UserPortalSettings): boolean =>
  setSecurityQuestions || login.laterIssuance === 'SECURITY_QUESTIONS' || login.withoutDevice === 'SECURITY_QUESTIONS'

/** What does not work yet with these settings, for people. */
export const portalProblems = async (
  { database, hasDirectory, hasMail }: Surroundings,
  settings: UserPortalSettings,
): Promise<string[]> => {
  const { db } = database
  const problems: string[] = []
  if (Object.values(settings.login).includes('LDAP_PASSWORD') && !(await hasDirectory()))
    problems.push('Users are to log in with their directory password, but no directory is configured.')
  if (settings.initialPasswordDelivery === 'EMAIL' && !(await hasMail()))
    problems.push('Initial passwords are to be mailed, but no mail server is configured: they are shown instead.')
  const open = (await listSecurityQuestions(db)).filter(q => !q.retired).length
  if (usesQuestions(settings) && open < settings.questionsNeeded)
    problems.push(
      `${settings.questionsNeeded} security questions are needed, but the catalogue has only ${open} in use.`,
    )
  const fewest = await fewestAnswers(db)
  if (fewest !== null && fewest < settings.questionsNeeded)
    problems.push(
      `Some users have answered ${fewest} questions only. Everybody is asked ${fewest} until they have set their answers anew.`,
    )
  return problems
}

export const portalSettings = (database: Database) => async (): Promise<UserPortalSettings> =>
  (await getUserPortalSettings(database.db)).settings
