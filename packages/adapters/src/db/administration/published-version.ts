import { refuse } from '@cardwright/core'
import { json, time } from '../values.ts'
import { type By, conflict, refuseWrite } from './written.ts'

/** A device policy or a card layout as it was published: no version of one ever changes. */
type Published<Content> = {
  readonly id: string
  readonly version: number
  readonly content: Content
  readonly publishedAt: number
  readonly publishedBy: string
  readonly note: string
  readonly retired: boolean
}

export type NewContent<Content> = { readonly content: Content; readonly note: string }
/** `version`: the one that the editor saw. Retiring is publishing with `retired`. */
export type ChangedContent<Content> = NewContent<Content> & { readonly version: number; readonly retired: boolean }

const published = (by: By) => ({ publishedAt: by.at, publishedBy: by.actor.label })

export const firstVersion = <Content>(
  id: string,
  { content, note }: NewContent<Content>,
  by: By,
): Published<Content> => ({ id, version: 1, content, ...published(by), note, retired: false })

/** On top of the newest (null = there is none), if that is still the one that was seen; carries a refusal out otherwise. */
export const nextVersion = <Content>(
  newest: Published<Content> | null,
  { version, content, note, retired }: ChangedContent<Content>,
  by: By,
): Published<Content> => {
  if (newest === null) return refuseWrite(refuse('NOT_FOUND'))
  if (newest.version !== version) return refuseWrite(conflict(newest.publishedBy, newest.publishedAt))
  return { id: newest.id, version: version + 1, content, ...published(by), note, retired }
}

/** The columns of a version but for the one that says of what. */
export const versionColumns = (
  { version, content, publishedAt, publishedBy, note, retired }: Published<unknown>,
  publishedById: string,
) => ({
  version,
  content: json(content),
  published_at: time(publishedAt),
  published_by: publishedBy,
  published_by_id: publishedById,
  note,
  retired,
})
