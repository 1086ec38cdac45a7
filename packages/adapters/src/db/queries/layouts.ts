import type { Layout, ListedLayout, Photo } from '@cardwright/contract'
import type { LayoutContent } from '@cardwright/core'
import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Db, Tables } from '../schema/index.ts'
import { isUuid } from '../transaction/known-ids.ts'
import { time, toBase64 } from '../values.ts'
import { type GroupScope, groupInScope } from './scope.ts'

type Groups = Layout['groups']

/** Layouts are everybody's; the groups beside them only those in scope. */
const versions = (db: Db, scope: GroupScope) =>
  db
    .selectFrom('card_layout_versions')
    .innerJoin('card_layouts', 'card_layouts.id', 'card_layout_versions.layout_id')
    .select(['layout_id', 'version', 'published_at', 'published_by', 'note', 'retired'])
    .select(
      sql<Groups>`(select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name) order by g.name), '[]')
        from groups g where exists (select from layout_assignments a where a.group_id = g.id
        and a.layout_id = card_layout_versions.layout_id) and ${groupInScope(scope, sql.ref('g.id'))})`.as('groups'),
    )

type Published = Pick<
  Selectable<Tables['card_layout_versions']>,
  'layout_id' | 'version' | 'published_at' | 'published_by' | 'note' | 'retired'
> & { readonly groups: Groups }

const publishedOf = (row: Published) => ({
  id: row.layout_id,
  version: row.version,
  publishedAt: time(row.published_at),
  publishedBy: row.published_by,
  note: row.note,
  retired: row.retired,
  groups: row.groups,
})

const viewOf = (row: Published & { readonly content: LayoutContent }): Layout => ({
  ...publishedOf(row),
  // What the core promises never to change, the wire describes as arrays that may.
  content: row.content as Layout['content'],
})

/** The newest version of each, retired ones last. */
export const listLayouts = async (db: Db, scope: GroupScope): Promise<ListedLayout[]> => {
  const rows = await versions(db, scope)
    .select([
      sql<string>`content->>'name'`.as('name'),
      sql<string>`content->>'description'`.as('description'),
      sql<boolean>`jsonb_typeof(content->'back') = 'object'`.as('two_sided'),
    ])
    .whereRef('card_layout_versions.version', '=', 'card_layouts.newest_version')
    .orderBy('card_layout_versions.retired')
    .orderBy(sql`lower(content->>'name')`)
    .execute()
  return rows.map(({ name, description, two_sided, ...row }) => ({
    ...publishedOf(row),
    content: { name, description },
    twoSided: two_sided,
  }))
}

/** Whether there is a layout that cards can be printed by. */
export const hasPublishedLayout = async (db: Db): Promise<boolean> => {
  const row = await db
    .selectFrom('card_layout_versions')
    .innerJoin('card_layouts', 'card_layouts.id', 'card_layout_versions.layout_id')
    .select('layout_id')
    .whereRef('card_layout_versions.version', '=', 'card_layouts.newest_version')
    .where('retired', '=', false)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Without a version, the newest. */
export const getLayoutView = async (
  db: Db,
  scope: GroupScope,
  id: string,
  version?: number,
): Promise<Layout | null> => {
  if (!isUuid(id)) return null
  const of = versions(db, scope).select('content').where('card_layout_versions.layout_id', '=', id)
  const row = await (version === undefined
    ? of.whereRef('card_layout_versions.version', '=', 'card_layouts.newest_version')
    : of.where('card_layout_versions.version', '=', version)
  ).executeTakeFirst()
  return row ? viewOf(row) : null
}

/** SHA-256 in base64url. Where the picture lies: those of all versions together are more than a server should hold. */
const digest = (picture: RawBuilder<unknown>) =>
  sql`rtrim(translate(encode(sha256(convert_to(${picture}, 'UTF8')), 'base64'), '+/', '-_'), '=')`

const sideWithoutPictures = (name: 'front' | 'back') => {
  const side = sql`(content->${sql.lit(name)})`
  return sql`case when jsonb_typeof(${side}) = 'object' then ${side} || jsonb_build_object(
    'backgroundPicture', ${digest(sql`${side}->>'backgroundPicture'`)},
    'elements', (select coalesce(jsonb_agg(case when e->>'kind' = 'image'
      then e || jsonb_build_object('picture', ${digest(sql`e->>'picture'`)}) else e end order by n), '[]')
      from jsonb_array_elements(${side}->'elements') with ordinality as elements (e, n))) else 'null' end`
}

const withoutPictures = sql<LayoutContent>`content || jsonb_build_object(
  'front', ${sideWithoutPictures('front')}, 'back', ${sideWithoutPictures('back')})`

/** Newest first; of pictures only the SHA-256, for what is compared is whether they are others. */
export const layoutVersions = async (db: Db, scope: GroupScope, id: string): Promise<Layout[]> => {
  if (!isUuid(id)) return []
  const rows = await versions(db, scope)
    .select(withoutPictures.as('content'))
    .where('card_layout_versions.layout_id', '=', id)
    .orderBy('card_layout_versions.version', 'desc')
    .execute()
  return rows.map(viewOf)
}

export const getPhoto = async (db: Db, userId: string): Promise<Photo> => {
  const row = isUuid(userId)
    ? await db.selectFrom('photos').selectAll().where('user_id', '=', userId).executeTakeFirst()
    : undefined
  if (!row) return { picture: null, changedAt: null }
  return { picture: `data:image/jpeg;base64,${toBase64(row.picture)}`, changedAt: time(row.changed_at) }
}
