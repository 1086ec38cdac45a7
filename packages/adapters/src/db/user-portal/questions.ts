import { refuse } from '@cardwright/core'
import { sql } from 'kysely'
import { type By, conflict, factOf, refuseWrite, type Written, write } from '../administration/written.ts'
import { newId } from '../new-id.ts'
import type { Db } from '../schema/index.ts'
import type { Database } from '../unit-of-work.ts'
import { time } from '../values.ts'

export type SecurityQuestion = {
  readonly id: string
  readonly version: number
  readonly text: string
  readonly retired: boolean
  /** Users who have answered it. */
  readonly users: number
}

/** The catalogue in the order in which it grew, retired ones too. */
export const listSecurityQuestions = async (db: Db): Promise<SecurityQuestion[]> => {
  const answer = await sql<SecurityQuestion>`
    select q.id, q.version, q.text, q.retired, count(a.user_id)::int as users
    from security_questions q left join security_answers a on a.question_id = q.id
    group by q.id order by q.created_at, q.id`.execute(db)
  return answer.rows
}

const objectOf = (id: string, text: string) => ({ type: 'security-question', id, label: text })

export const createSecurityQuestion = (database: Database, text: string, by: By): Promise<Written<SecurityQuestion>> =>
  write(database, async ({ trx, audit }) => {
    const row = { id: newId(by.at), version: 1, text, retired: false }
    await trx
      .insertInto('security_questions')
      .values({ ...row, created_at: time(by.at) })
      .execute()
    audit(factOf(by, 'security-question.created', objectOf(row.id, text)))
    return { ...row, users: 0 }
  })

/** Compare-and-set on `version`. Whoever has answered the question keeps it, retired or not. */
export const updateSecurityQuestion = (
  database: Database,
  id: string,
  input: { readonly version: number; readonly text: string; readonly retired: boolean },
  by: By,
): Promise<Written<SecurityQuestion>> =>
  write(database, async ({ trx, audit }) => {
    const { text, retired } = input
    const before = (await listSecurityQuestions(trx)).find(q => q.id === id) ?? refuseWrite(refuse('NOT_FOUND'))
    if (before.version !== input.version) {
      const last = await trx
        .selectFrom('audit')
        .select(['actor_label', 'at'])
        .where('object_type', '=', 'security-question')
        .where('object_id', '=', id)
        .orderBy('sequence', 'desc')
        .limit(1)
        .executeTakeFirst()
      refuseWrite(conflict(last?.actor_label ?? '', last?.at ?? by.at))
    }
    const version = before.version + 1
    await trx.updateTable('security_questions').set({ version, text, retired }).where('id', '=', id).execute()
    audit(factOf(by, 'security-question.changed', objectOf(id, text), { before: before.text, retired }))
    return { ...before, version, text, retired }
  })
