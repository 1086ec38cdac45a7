import type { Db } from '../schema/index.ts'

/** When a Help desk last found that the answers of a caller were right, and who; null if never. */
export const lastIdentityCheck = async (
  db: Db,
  userId: string,
): Promise<{ readonly at: number; readonly by: string } | null> => {
  const row = await db
    .selectFrom('audit')
    .select(['at', 'actor_label as by'])
    .where('user_id', '=', userId)
    .where('action', '=', 'user.identity-checked')
    .where('result', '=', 'SUCCESS')
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}
