import { routes } from '@cardwright/contract'
import type { UserPortal } from '../../user-portal/user-portal.ts'
import { userActorOf, type Visitor } from '../caller.ts'
import { EdgeError } from '../problems.ts'
import type { Registrar } from '../registrar.ts'

/** Users choose and answer their security questions (U-5, U-8, U-13). */
export const registerUserAnswerRoutes = (
  { handle }: Registrar,
  { userPortal: { questions } }: { readonly userPortal: UserPortal },
): void => {
  const userOf = ({ user }: Visitor) => {
    if (user === null) throw new EdgeError('LOGIN_REQUIRED')
    return user
  }
  handle(routes.myQuestions, ({ visitor }) => questions.choice(userOf(visitor).id))
  handle(routes.setFirstAnswers, async ({ visitor, body }) => {
    await questions.set(userOf(visitor), body.answers, { first: true, by: userActorOf(visitor) })
    return {}
  })
  handle(routes.changeAnswers, async ({ visitor, body }) => {
    await questions.set(userOf(visitor), body.answers, { first: false, by: userActorOf(visitor) })
    return {}
  })
}
