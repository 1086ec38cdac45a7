import type { Group, IssuanceType } from '../people/user.ts'

/**
 * P-3: the layouts of all groups of a user for this issuance type, each once, in the order of the groups and theirs. Without
 * a type those for any, as long as it is not settled what a card is for.
 */
export const layoutsOfGroups = (groups: readonly Pick<Group, 'layouts'>[], type?: IssuanceType): readonly string[] => [
  ...new Set(
    groups.flatMap(({ layouts }) => (type ? (layouts[type] ?? []) : Object.values(layouts).flatMap(ids => ids ?? []))),
  ),
]
