import { sql } from 'kysely'
import { type By, factOf } from '../administration/written.ts'
import type { Db } from '../schema/index.ts'
import type { Database } from '../unit-of-work.ts'
import { time } from '../values.ts'

/** A question and the hash of its answer, in the order in which the user chose them. */
export type StoredAnswer = { readonly questionId: string; readonly text: string; readonly hash: string }

type Person = { readonly id: string; readonly displayName: string }

export const answersOf = async (db: Db, userId: string): Promise<StoredAnswer[]> => {
  const rows = await db
    .selectFrom('security_answers as a')
    .innerJoin('security_questions as q', 'q.id', 'a.question_id')
    .select(['a.question_id as questionId', 'q.text', 'a.hash'])
    .where('a.user_id', '=', userId)
    .orderBy('a.position')
    .execute()
  return rows
}

/** When the answers were set (null = there are none), and whether a Help desk wants them anew (U-8). */
export const answersStanding = async (db: Db, userId: string): Promise<{ setAt: number | null; due: boolean }> => {
  const set = await db
    .selectFrom('security_answers')
    .select('set_at')
    .where('user_id', '=', userId)
    .orderBy('set_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const due = await db
    .selectFrom('security_answers_due')
    .select('since')
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return { setAt: set?.set_at ?? null, due: due !== undefined }
}

/** The fewest answers stored for one user; null while no user has answers. */
export const fewestAnswers = async (db: Db): Promise<number | null> => {
  const answer = await sql<{ fewest: number | null }>`
    select min(n)::int as fewest from (select count(*) as n from security_answers group by user_id) counted`.execute(db)
  return answer.rows[0]?.fewest ?? null
}

/**
 * Puts all answers in the place of the earlier ones. False, and nothing is done, if `first` and there are some already:
 * of two at once one wins.
 */
export const setAnswers = (
  database: Database,
  user: Person,
  answers: readonly { readonly questionId: string; readonly hash: string }[],
  first: boolean,
  by: By,
): Promise<boolean> =>
  database.transaction(async ({ trx, audit }) => {
    // Locks the person: side by side, the second one sees what the first has set.
    await trx.selectFrom('users').select('id').where('id', '=', user.id).forUpdate().execute()
    const before = await answersOf(trx, user.id)
    if (first && before.length > 0) return false
    await trx.deleteFrom('security_answers').where('user_id', '=', user.id).execute()
    await trx
      .insertInto('security_answers')
      .values(
        answers.map(({ questionId, hash }, position) => ({
          user_id: user.id,
          question_id: questionId,
          position,
          hash,
          set_at: time(by.at),
        })),
      )
      .execute()
    await trx.deleteFrom('security_answers_due').where('user_id', '=', user.id).execute()
    const object = { type: 'user', id: user.id, label: user.displayName }
    const action = before.length > 0 ? 'user.answers-changed' : 'user.answers-set'
    audit(factOf(by, action, object, { questions: answers.length }))
    return true
  })
