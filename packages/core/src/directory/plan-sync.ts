import type { User } from '../people/user.ts'
import type { DirectoryGroup, DirectoryUser } from '../ports/directory.ts'
import type { DirectoryAttributes, DirectorySettings } from './directory-settings.ts'
import { isName, type OptionalValue, optionalFields, optionalValue } from './imported-values.ts'
import { type GroupPlan, type KnownGroup, planGroups } from './plan-groups.ts'

/** What a sync writes; everything else of a user stays as it is. */
export type ImportedFields = Pick<
  User,
  | 'loginName'
  | 'displayName'
  | 'givenName'
  | 'familyName'
  | 'email'
  | 'upn'
  | 'sid'
  | 'employeeNumber'
  | 'department'
  | 'groupIds'
>

/** A user as stored. `directoryId` null = made here; the directory has no say. */
export type KnownUser = ImportedFields & {
  readonly id: string
  readonly version: number
  readonly status: User['status']
  readonly directoryId: string | null
  readonly directoryDn: string | null
  readonly isAdministrator: boolean
  /** DISABLED by a sync, and nobody changed the user since. What an operator disabled stays disabled. */
  readonly disabledBySync: boolean
}

export type FieldDifference = { readonly field: string; readonly from: string | null; readonly to: string | null }

export type CreateUser = { readonly directoryId: string; readonly dn: string; readonly fields: ImportedFields }
export type UpdateUser = {
  readonly id: string
  readonly version: number
  readonly directoryId: string
  readonly dn: string
  readonly fields: ImportedFields
  /** Came back: was disabled by a sync and is in the directory again. */
  readonly enable: boolean
  readonly differences: readonly FieldDifference[]
}
export type DisableUser = {
  readonly id: string
  readonly version: number
  readonly loginName: string
  readonly displayName: string
  readonly why: 'GONE' | 'DISABLED_THERE'
}
export type SyncConflict = {
  readonly dn: string
  readonly loginName: string | null
  readonly why:
    | 'LOGIN_NAME_TAKEN'
    | 'UPN_TAKEN'
    | 'AMBIGUOUS'
    | 'LOGIN_NAME_MISSING'
    | 'NAME_NOT_ALLOWED'
    | 'TOO_MANY_GROUPS'
    | 'LAST_ADMINISTRATOR'
}
/** A value that does not fit here; the user is imported without it. */
export type LeftOut = { readonly dn: string; readonly loginName: string; readonly field: OptionalValue }

export type SyncPlan = {
  readonly groups: GroupPlan
  readonly create: readonly CreateUser[]
  readonly update: readonly UpdateUser[]
  readonly disable: readonly DisableUser[]
  readonly unchanged: number
  readonly conflicts: readonly SyncConflict[]
  readonly leftOut: readonly LeftOut[]
  /** So many of the active users who came from the directory would be disabled; `exceeded` = only after confirmation. */
  readonly guard: { readonly disabling: number; readonly of: number; readonly exceeded: boolean }
}

type Input = {
  readonly users: readonly DirectoryUser[]
  readonly groups: readonly DirectoryGroup[]
  readonly knownUsers: readonly KnownUser[]
  readonly knownGroups: readonly KnownGroup[]
  readonly settings: Pick<DirectorySettings, 'groups' | 'disableLimitPercent' | 'attributes'>
  /** Ids for groups that are to be made. */
  readonly newId: () => string
}

/** As the API takes them (packages/contract, people). */
const MOST_GROUPS = 50

const key = (name: string): string => name.toLowerCase()

/** The directory's values; an attribute that is not mapped leaves what is stored. */
const fieldsOf = (
  user: DirectoryUser & { readonly loginName: string },
  known: KnownUser | null,
  attributes: DirectoryAttributes,
  groupIds: readonly string[],
): ImportedFields => {
  const names = [user.givenName, user.familyName].filter(name => name !== null).join(' ')
  const value = (field: OptionalValue) =>
    attributes[field] === '' ? (known?.[field] ?? null) : optionalValue(user, field)
  return {
    loginName: user.loginName,
    displayName: user.displayName ?? (names || user.loginName),
    givenName: value('givenName'),
    familyName: value('familyName'),
    email: value('email'),
    upn: value('upn'),
    sid: value('sid'),
    employeeNumber: value('employeeNumber'),
    department: value('department'),
    groupIds,
  }
}

/** Groups are told by their names, for people to read. */
const differencesOf = (
  known: KnownUser,
  fields: ImportedFields,
  dn: string,
  groupNames: ReadonlyMap<string, string>,
): FieldDifference[] => {
  const differences: FieldDifference[] = []
  const namesOf = (ids: readonly string[]) =>
    ids
      .map(id => groupNames.get(id) ?? id)
      .sort()
      .join(', ') || null
  const compare = (field: string, from: string | null, to: string | null) => {
    if (from !== to) differences.push({ field, from, to })
  }
  for (const field of ['loginName', 'displayName', ...optionalFields] as const)
    compare(field, known[field], fields[field])
  if (known.groupIds.length !== fields.groupIds.length || known.groupIds.some(id => !fields.groupIds.includes(id)))
    differences.push({ field: 'groups', from: namesOf(known.groupIds), to: namesOf(fields.groupIds) })
  compare('dn', known.directoryDn, dn)
  return differences
}

const repeated = (values: readonly (string | null)[]): ReadonlySet<string> => {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const value of values) {
    if (value === null) continue
    if (seen.has(value)) twice.add(value)
    seen.add(value)
  }
  return twice
}

/** The one who must stay if all active administrators would be disabled: without one nobody could mend what was done. */
const lastAdministrator = (known: readonly KnownUser[], disable: readonly DisableUser[]): KnownUser | null => {
  const going = new Set(disable.map(user => user.id))
  const administrators = known.filter(user => user.isAdministrator && user.status === 'ACTIVE')
  return administrators.every(user => going.has(user.id)) ? (administrators.at(-1) ?? null) : null
}

/**
 * What a sync would do, as data: shown before it is done, and the same when it is done. Nobody is ever deleted: who is
 * gone from the directory, or disabled there, is disabled here. A user who was made here is never taken over, whatever
 * the directory calls its people; that is a conflict for a person to solve.
 */
export const planSync = (input: Input): SyncPlan => {
  const { settings } = input
  const groups = planGroups(settings.groups, input.groups, input.knownGroups, input.newId)
  const managed = new Set(groups.links.values())
  const groupNames = new Map([...input.knownGroups, ...groups.create].map(group => [group.id, group.name]))
  const byDirectoryId = new Map(input.knownUsers.flatMap(user => (user.directoryId ? [[user.directoryId, user]] : [])))
  const inDirectory = new Set(input.users.map(user => user.id))
  const ambiguousIds = repeated(input.users.map(user => user.id))
  const ambiguousNames = repeated(input.users.map(user => user.loginName && key(user.loginName)))
  const ambiguousUpns = repeated(input.users.map(user => user.upn && key(user.upn)))
  /** Whose name it is now. One that is being given up in this very sync is free only after it. */
  const loginNames = new Map(input.knownUsers.map(user => [key(user.loginName), user.id]))
  const upns = new Map(input.knownUsers.flatMap(user => (user.upn === null ? [] : [[key(user.upn), user.id]])))

  const create: CreateUser[] = []
  const update: UpdateUser[] = []
  const disable: DisableUser[] = []
  const conflicts: SyncConflict[] = []
  const leftOut: LeftOut[] = []
  let unchanged = 0

  const disabling = (known: KnownUser, why: DisableUser['why']) => {
    if (known.status === 'DISABLED') unchanged++
    else {
      const { id, version, loginName, displayName } = known
      disable.push({ id, version, loginName, displayName, why })
    }
  }

  const leaveOut = (user: DirectoryUser, loginName: string) => {
    for (const field of optionalFields)
      if (user[field] !== null && settings.attributes[field] !== '' && optionalValue(user, field) === null)
        leftOut.push({ dn: user.dn, loginName, field })
  }

  for (const user of input.users) {
    const known = byDirectoryId.get(user.id) ?? null
    const conflict = (why: SyncConflict['why']) => conflicts.push({ dn: user.dn, loginName: user.loginName, why })
    const { loginName } = user
    if (ambiguousIds.has(user.id) || (loginName && ambiguousNames.has(key(loginName)))) conflict('AMBIGUOUS')
    else if (user.disabled) {
      // Who was never here is not made only to be disabled.
      if (known) disabling(known, 'DISABLED_THERE')
      else unchanged++
    } else if (loginName === null) conflict('LOGIN_NAME_MISSING')
    else {
      const kept = (known?.groupIds ?? []).filter(id => !managed.has(id))
      const given = user.groupIds.flatMap(id => groups.links.get(id) ?? [])
      const groupIds = [...new Set([...kept, ...given])].sort()
      const fields = fieldsOf({ ...user, loginName }, known, settings.attributes, groupIds)
      const holder = loginNames.get(key(loginName))
      const upnHolder = fields.upn === null ? undefined : upns.get(key(fields.upn))
      if (holder !== undefined && holder !== known?.id) conflict('LOGIN_NAME_TAKEN')
      else if (upnHolder !== undefined && upnHolder !== known?.id) conflict('UPN_TAKEN')
      else if (user.upn !== null && ambiguousUpns.has(key(user.upn))) conflict('UPN_TAKEN')
      else if (!isName(fields.loginName) || !isName(fields.displayName)) conflict('NAME_NOT_ALLOWED')
      else if (groupIds.length > MOST_GROUPS) conflict('TOO_MANY_GROUPS')
      else if (known === null) {
        create.push({ directoryId: user.id, dn: user.dn, fields })
        leaveOut(user, loginName)
      } else {
        leaveOut(user, loginName)
        const enable = known.status === 'DISABLED' && known.disabledBySync
        const differences = differencesOf(known, fields, user.dn, groupNames)
        if (enable) differences.push({ field: 'status', from: 'DISABLED', to: 'ACTIVE' })
        const { id, version } = known
        if (differences.length === 0) unchanged++
        else update.push({ id, version, directoryId: user.id, dn: user.dn, fields, enable, differences })
      }
    }
  }
  for (const known of byDirectoryId.values())
    if (known.directoryId !== null && !inDirectory.has(known.directoryId)) disabling(known, 'GONE')

  const spared = lastAdministrator(input.knownUsers, disable)
  if (spared !== null) {
    const { id, loginName, directoryDn } = spared
    disable.splice(
      disable.findIndex(user => user.id === id),
      1,
    )
    conflicts.push({ dn: directoryDn ?? '', loginName, why: 'LAST_ADMINISTRATOR' })
  }

  const of = [...byDirectoryId.values()].filter(user => user.status === 'ACTIVE').length
  const exceeded = disable.length * 100 > of * settings.disableLimitPercent
  const guard = { disabling: disable.length, of, exceeded }
  return { groups, create, update, disable, unchanged, conflicts, leftOut, guard }
}
