import { sql } from 'kysely'
import type { Db } from '../schema/index.ts'

/**
 * A login name in the form in which names are compared (operators/users.ts). What is counted or made up for names that
 * nobody has must know the same spellings apart as the search for people does, or the difference tells who exists.
 */
export const comparedName = async (db: Db, loginName: string): Promise<string> => {
  const answer = await sql<{ name: string }>`select lower(${loginName}::text) as name`.execute(db)
  return answer.rows[0]?.name ?? ''
}
