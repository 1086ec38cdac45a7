import { randomUUID } from 'node:crypto'
import { DirectoryError } from '@cardwright/core'
import { DN, PasswordPolicyControl, PasswordPolicyError } from 'ldapts'
import { type Access, asService, onConnection } from './connection.ts'
import { binaryAttributes, disabledOf, idOf, valuesOf } from './entries.ts'
import { filterFor } from './filters.ts'
import { resultCodeOf, resultCodes, toDirectoryError } from './ldap-errors.ts'

/** Why a password that may be right was WRONG; for the log, never for the one who typed it. */
export type RefusedBind = {
  readonly dn: string
  readonly reason: 'DISABLED' | 'EXPIRED' | 'LOCKED' | 'MUST_CHANGE_PASSWORD' | 'NOT_NOW' | 'OTHER_PERSON'
}

/** Longer ones are in no directory; what is typed by mistake need not travel. */
const LONGEST_NAME = 256

/** The number that Active Directory adds to a refused bind (Win32 error codes, MS-ERREF §2.2, in hex). */
const activeDirectoryReasons: Readonly<Record<string, RefusedBind['reason']>> = {
  530: 'NOT_NOW',
  531: 'NOT_NOW',
  532: 'EXPIRED',
  533: 'DISABLED',
  701: 'EXPIRED',
  773: 'MUST_CHANGE_PASSWORD',
  775: 'LOCKED',
}

const { invalidCredentials, inappropriateAuthentication, invalidDnSyntax, noSuchObject } = resultCodes
const { constraintViolation, unwillingToPerform } = resultCodes
/** No password at the entry, no such entry, locked (389 Directory Server says 19 and 53): all are an answer about this person. */
const wrong: readonly number[] = [
  invalidCredentials,
  inappropriateAuthentication,
  invalidDnSyntax,
  noSuchObject,
  constraintViolation,
  unwillingToPerform,
]

const reasonOf = (error: unknown, code: number): RefusedBind['reason'] | null => {
  const data = /\bdata ([0-9a-f]+)\b/i.exec(error instanceof Error ? error.message : '')?.[1]?.toLowerCase()
  if (data && activeDirectoryReasons[data]) return activeDirectoryReasons[data]
  return code === constraintViolation || code === unwillingToPerform ? 'LOCKED' : null
}

type Found = { readonly dn: string; readonly id: string | null; readonly disabled: boolean }

const find = (access: Access, loginName: string): Promise<Found | null> =>
  asService(access, 'Looking a user up in the directory', async client => {
    const { userBase, userFilter, attributes } = access.settings
    const { searchEntries } = await client.search(userBase, {
      filter: filterFor(userFilter, attributes.loginName, loginName),
      attributes: [attributes.id, attributes.disabled].filter(name => name !== ''),
      explicitBufferAttributes: binaryAttributes,
      sizeLimit: 2,
    })
    if (searchEntries.length > 1)
      throw new DirectoryError(
        'DIRECTORY_USER_AMBIGUOUS',
        'Looking a user up in the directory: more than one entry has this login name.',
        'Use a filter or a base that leaves one of them, or give one another login name.',
      )
    const [entry] = searchEntries
    // An empty DN would make the bind an anonymous one (RFC 4513 §5.1.1).
    if (!entry?.dn) return null
    const values = valuesOf(entry)
    return { dn: entry.dn, id: idOf(values, attributes.id), disabled: disabledOf(values, attributes.disabled) }
  })

/** A name that nobody has, so that an unknown user costs the same two connections as a wrong password. */
const nobody = ({ settings }: Access): string =>
  `${new DN().addPairRDN(settings.attributes.loginName, randomUUID()).toString()},${settings.userBase}`

/**
 * Finds the entry as the service account, then signs in as that entry on a connection of its own: the service account's
 * rights are never mixed with those of a password that somebody typed.
 */
export const authenticate = async (
  access: Access,
  refused: (why: RefusedBind) => void,
  loginName: string,
  password: string,
  directoryId?: string,
): Promise<'RIGHT' | 'WRONG'> => {
  // RFC 4513 §5.1.2: with an empty password the server would say success without having checked anything.
  if (password === '' || loginName === '' || loginName.length > LONGEST_NAME) return 'WRONG'
  const found = await find(access, loginName)
  const isThePerson = found !== null && (directoryId === undefined || found.id === directoryId)
  const dn = isThePerson ? found.dn : nobody(access)
  if (found && !isThePerson) refused({ dn: found.dn, reason: 'OTHER_PERSON' })
  return onConnection(access, async client => {
    const policy = new PasswordPolicyControl()
    try {
      await client.bind(dn, password, policy)
    } catch (error) {
      const code = resultCodeOf(error)
      if (code === null || !wrong.includes(code))
        throw toDirectoryError(error, 'Checking a password with the directory')
      const reason = isThePerson ? reasonOf(error, code) : null
      if (reason) refused({ dn, reason })
      return 'WRONG'
    }
    if (!isThePerson) return 'WRONG'
    if (found.disabled) {
      refused({ dn, reason: 'DISABLED' })
      return 'WRONG'
    }
    // As with Active Directory's 773: who must change the password first has not signed in.
    if (policy.value?.error === PasswordPolicyError.ChangeAfterReset) {
      refused({ dn, reason: 'MUST_CHANGE_PASSWORD' })
      return 'WRONG'
    }
    return 'RIGHT'
  })
}
