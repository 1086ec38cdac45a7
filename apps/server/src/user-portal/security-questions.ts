import {
  answersOf,
  answersStanding,
  comparedName,
  fewestAnswers,
  listSecurityQuestions,
  type SecurityQuestion,
  setAnswers,
} from '@cardwright/adapters/db'
import { type Actor, type AnswerFault, answerFaults, normaliseAnswer, type User } from '@cardwright/core'
import { EdgeError } from '../http/problems.ts'
import { NOBODY } from './login.ts'
import { inTurn, type LoginPorts } from './login-ports.ts'

export type AnswerGiven = { readonly id: string; readonly answer: string }
type Question = { readonly id: string; readonly text: string }

const faultTexts: Readonly<Record<AnswerFault, string>> = {
  TOO_SHORT: 'is too short; spaces do not count',
  SAME_AS_ANOTHER: 'is the same as another answer',
  IN_QUESTION: 'is part of the question',
}

/** Security questions and what their answers are good for (U-5 to U-8). Answers belong to the user, not to a device. */
export const createSecurityQuestions = (ports: Omit<LoginPorts, 'visits' | 'currentDirectory' | 'directoryFailed'>) => {
  const { database, keys, passwords, settings, clock } = ports
  const { db } = database

  /**
   * How many questions everybody is asked: as many as are needed, or as few as somebody has answered before more were
   * needed. One number for all names, so that it tells nothing of any.
   */
  const asked = async (): Promise<number> => {
    const [{ questionsNeeded }, fewest] = await Promise.all([settings(), fewestAnswers(db)])
    return Math.min(questionsNeeded, fewest ?? questionsNeeded)
  }

  /** For a name without answers: always the same, and few of them change when the catalogue does. */
  const madeUp = async (loginName: string, count: number): Promise<Question[]> => {
    const name = await comparedName(db, loginName)
    // Retired questions are asked as long as somebody has answered them, so they are made up as well.
    const pool = (await listSecurityQuestions(db)).filter(q => !q.retired || q.users > 0)
    const ranked = await Promise.all(
      pool.map(async ({ id, text }) => {
        const mac = await keys.mac('login-questions', Buffer.from(`${id}:${name}`))
        return { id, text, rank: Buffer.from(mac).toString('hex') }
      }),
    )
    return ranked
      .sort((a, b) => (a.rank < b.rank ? -1 : 1))
      .slice(0, count)
      .map(({ id, text }) => ({ id, text }))
  }

  /** What to ask whoever types this name: their own questions, or for a name without any the ones that are made up. */
  const forName = async (loginName: string): Promise<Question[]> => {
    const count = await asked()
    const user = await ports.users.byLoginName(loginName)
    const [own, others] = [await answersOf(db, user?.id ?? NOBODY.id), await madeUp(loginName, count)]
    return own.length > 0 ? own.slice(0, count).map(({ questionId, text }) => ({ id: questionId, text })) : others
  }

  /** What somebody is asked who is known to be this user; none if none are answered. */
  const ofUser = async (userId: string): Promise<Question[]> =>
    (await answersOf(db, userId)).slice(0, await asked()).map(({ questionId, text }) => ({ id: questionId, text }))

  /** All answers are compared, always as many as are asked, also with nothing: no hint which one was wrong. */
  const verify = async (user: User | null, given: readonly AnswerGiven[]): Promise<boolean> => {
    const count = await asked()
    const stored = await answersOf(db, user?.id ?? NOBODY.id)
    let right = stored.length > 0
    for (let n = 0; n < count; n++) {
      const own = stored[n]
      const form = normaliseAnswer((own ? given.find(a => a.id === own.questionId) : given[n])?.answer ?? '')
      const same = await inTurn(own ? passwords.verify(form, own.hash) : passwords.verifyNobody(form))
      right = same && right
    }
    return right
  }

  const check = async (user: Pick<User, 'id'>, given: readonly AnswerGiven[]): Promise<void> => {
    const { questionsNeeded, minAnswerLength } = await settings()
    const own = new Set((await answersOf(db, user.id)).map(a => a.questionId))
    const catalogue = new Map<string, SecurityQuestion>()
    for (const q of await listSecurityQuestions(db)) if (!q.retired || own.has(q.id)) catalogue.set(q.id, q)
    const fields: Record<string, string> = {}
    if (given.length !== questionsNeeded) fields.answers = `must be ${questionsNeeded}`
    const faults = answerFaults(
      given.map(({ id, answer }) => ({ question: catalogue.get(id)?.text ?? '', answer })),
      minAnswerLength,
    )
    for (const [index, { id }] of given.entries()) {
      const fault = faults[index]
      if (fault) fields[`answers/${index}/answer`] = faultTexts[fault]
      if (!catalogue.has(id) || given.findIndex(a => a.id === id) < index)
        fields[`answers/${index}/id`] = 'is no question to choose, or was chosen before'
    }
    if (Object.keys(fields).length > 0) throw new EdgeError('INPUT_INVALID', {}, fields)
  }

  /** `first` = only where there are none (U-5, U-8). */
  const set = async (
    user: Pick<User, 'id' | 'displayName'>,
    given: readonly AnswerGiven[],
    { first, by }: { readonly first: boolean; readonly by: Actor },
  ): Promise<void> => {
    if (first && (await answersStanding(db, user.id)).setAt !== null) throw new EdgeError('ANSWERS_SET_ALREADY')
    await check(user, given)
    const answers: { questionId: string; hash: string }[] = []
    for (const { id, answer } of given)
      answers.push({ questionId: id, hash: await inTurn(passwords.hash(normaliseAnswer(answer))) })
    if (!(await setAnswers(database, user, answers, first, { actor: by, at: clock() })))
      throw new EdgeError('ANSWERS_SET_ALREADY')
  }

  /** What a user chooses from; retired questions only where this user has answered them. */
  const choice = async (userId: string) => {
    const chosen = (await answersOf(db, userId)).map(a => a.questionId)
    const catalogue = (await listSecurityQuestions(db)).filter(q => !q.retired || chosen.includes(q.id))
    const { questionsNeeded, minAnswerLength } = await settings()
    return {
      catalogue: catalogue.map(({ id, text }) => ({ id, text })),
      needed: questionsNeeded,
      minAnswerLength,
      chosen,
    }
  }

  /** U-5 for an issuance, U-8 after a reset for whatever comes next; never where the catalogue has too few questions. */
  const mustSet = async (userId: string, service: string | null): Promise<boolean> => {
    const { setAt, due } = await answersStanding(db, userId)
    if (setAt !== null) return false
    const { setSecurityQuestions, questionsNeeded } = await settings()
    if (!due && !(setSecurityQuestions && service === 'ISSUANCE')) return false
    const open = (await listSecurityQuestions(db)).filter(q => !q.retired)
    return open.length >= questionsNeeded
  }

  return { forName, ofUser, verify, set, choice, mustSet, asked }
}

export type SecurityQuestions = ReturnType<typeof createSecurityQuestions>
