import type { Group, IssuanceType } from '../people/user.ts'

/** P-3: the layouts of all groups of a user for this issuance type, each once, in the order of the groups and theirs. */
export const layoutsOfGroups = (groups: readonly Pick<Group, 'layouts'>[], type: IssuanceType): readonly string[] => [
  ...new Set(groups.flatMap(group => group.layouts[type] ?? [])),
]
