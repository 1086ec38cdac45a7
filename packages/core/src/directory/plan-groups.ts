import type { DirectoryGroup } from '../ports/directory.ts'
import type { DirectorySettings } from './directory-settings.ts'

export type KnownGroup = {
  readonly id: string
  readonly name: string
  /** The directory group whose members it has, if any. */
  readonly directoryId: string | null
}

export type GroupPlan = {
  readonly create: readonly { readonly id: string; readonly name: string; readonly directoryId: string }[]
  /** Groups that are here and from now on have the members of a directory group. */
  readonly link: readonly { readonly id: string; readonly name: string; readonly directoryId: string }[]
  /** Directory groups that the settings name and that are not there (any more). Their members here lose nothing. */
  readonly missing: readonly { readonly directoryGroup: string; readonly name: string }[]
  /** Directory group id → group id here, for all that are there. */
  readonly links: ReadonlyMap<string, string>
}

/**
 * A group here belongs to a directory group by that group's id, so it may be renamed on both sides. The name in the
 * settings counts the first time only: a group of that name is taken, otherwise one is made.
 */
export const planGroups = (
  wanted: DirectorySettings['groups'],
  found: readonly DirectoryGroup[],
  known: readonly KnownGroup[],
  newId: () => string,
): GroupPlan => {
  const there = new Set(found.map(group => group.id))
  const create: GroupPlan['create'][number][] = []
  const link: GroupPlan['link'][number][] = []
  const missing: GroupPlan['missing'][number][] = []
  const links = new Map<string, string>()
  for (const { directoryGroup, name } of wanted) {
    if (!there.has(directoryGroup)) {
      missing.push({ directoryGroup, name })
      continue
    }
    const linked = known.find(group => group.directoryId === directoryGroup)
    const named = known.find(group => group.name.toLowerCase() === name.toLowerCase())
    const id = (linked ?? named)?.id ?? newId()
    links.set(directoryGroup, id)
    if (linked) continue
    if (named) link.push({ id, name: named.name, directoryId: directoryGroup })
    else create.push({ id, name, directoryId: directoryGroup })
  }
  return { create, link, missing, links }
}
