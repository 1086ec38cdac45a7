import { type RawBuilder, sql } from 'kysely'

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/**
 * Every word of `q` must occur: three letters and more anywhere, fewer at the beginning of a word, which is what a
 * trigram index can find (PostgreSQL §F.33.5). `column` is lower case and has a space in front of each word.
 */
export const matches = (column: RawBuilder<string>, q: string): RawBuilder<boolean> => {
  const words = q.split(/\s+/).filter(word => word !== '')
  if (words.length === 0) return sql<boolean>`true`
  const each = words.map(word => {
    const pattern = [...word].length < 3 ? `% ${escapeLike(word)}%` : `%${escapeLike(word)}%`
    return sql<boolean>`${column} like lower(${pattern})`
  })
  return sql<boolean>`(${sql.join(each, sql` and `)})`
}
