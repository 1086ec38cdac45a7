/** A person of the directory. `id` stays when the entry is renamed or moved (entryUUID, RFC 4530; objectGUID, MS-ADTS §3.1.1.1.4). */
export type DirectoryUser = {
  readonly id: string
  readonly dn: string
  readonly loginName: string | null
  readonly displayName: string | null
  readonly givenName: string | null
  readonly familyName: string | null
  readonly email: string | null
  readonly upn: string | null
  readonly sid: string | null
  readonly employeeNumber: string | null
  readonly department: string | null
  readonly disabled: boolean
  /** Ids of directory groups that this user is a direct member of. */
  readonly groupIds: readonly string[]
}

export type DirectoryGroup = {
  readonly id: string
  readonly dn: string
  readonly name: string
}

/**
 * Owned by the core, implemented by adapters/directory. Every method throws DirectoryError and nothing else; none waits
 * longer than the adapter's timeouts.
 */
export interface Directory {
  /**
   * Does this password belong to this login name? WRONG says as little of an unknown name as of a wrong password, and
   * takes as long. An empty password is WRONG before anything is sent: a bind with a name and no password is an
   * *unauthenticated* bind, which servers answer with success (RFC 4513 §5.1.2). With `directoryId`, an entry of that
   * name with another id is WRONG: a name may have been given to somebody else.
   */
  authenticate(loginName: string, password: string, directoryId?: string): Promise<'RIGHT' | 'WRONG'>
  /** Connects, binds with the service account, and reads the user base and (if set) the group base. */
  check(): Promise<void>
  /** Pages of users, in the order of the directory. */
  users(): AsyncIterable<readonly DirectoryUser[]>
  /** Pages of groups; nothing if no group base is set. */
  groups(): AsyncIterable<readonly DirectoryGroup[]>
  /** Adds the certificate (DER) to the user's published ones. Done already = done. */
  publishCertificate(directoryId: string, certificate: Uint8Array): Promise<'DONE' | 'NO_SUCH_USER'>
  /** Takes the certificate (DER) away again. Not there = done. */
  withdrawCertificate(directoryId: string, certificate: Uint8Array): Promise<'DONE' | 'NO_SUCH_USER'>
}

export type DirectoryErrorCode =
  /** No server answered, or one stopped answering. */
  | 'DIRECTORY_UNREACHABLE'
  /** No TLS: certificate not trusted, made for another host, expired, or StartTLS refused. */
  | 'DIRECTORY_TLS'
  /** The service account may not: its password is wrong, or it lacks a right. */
  | 'DIRECTORY_REFUSED'
  /** A base, filter or attribute of the settings does not fit the directory. */
  | 'DIRECTORY_CONFIGURATION'
  /** More than one entry has this login name or id. */
  | 'DIRECTORY_USER_AMBIGUOUS'

/** `message` says what happened; `advice` what now. Neither ever holds a password. */
export class DirectoryError extends Error {
  readonly code: DirectoryErrorCode
  readonly advice: string
  constructor(code: DirectoryErrorCode, message: string, advice: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DirectoryError'
    this.code = code
    this.advice = advice
  }
}
