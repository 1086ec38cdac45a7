import { randomUUID } from 'node:crypto'
import { type Directory, DirectoryError, type DirectoryGroup, type DirectoryUser } from '@cardwright/core'

export type MemoryDirectory = Directory & {
  /** Changeable: what the directory says from now on. */
  readonly entries: { user: DirectoryUser; password: string }[]
  readonly directoryGroups: DirectoryGroup[]
  readonly certificates: Map<string, Uint8Array[]>
  /** From now on (or no longer) every call fails as if no server answered. */
  setReachable(reachable: boolean): void
}

export const memoryUser = (loginName: string, change: Partial<DirectoryUser> = {}): DirectoryUser => ({
  id: randomUUID(),
  dn: `uid=${loginName},ou=people,dc=example,dc=org`,
  loginName,
  displayName: loginName,
  givenName: null,
  familyName: null,
  email: null,
  upn: null,
  sid: null,
  employeeNumber: null,
  department: null,
  disabled: false,
  groupIds: [],
  ...change,
})

/** A directory without a network, for tests of what stands above the port. It keeps the port's contract. */
export const createMemoryDirectory = (pageSize = 2): MemoryDirectory => {
  const entries: MemoryDirectory['entries'] = []
  const directoryGroups: DirectoryGroup[] = []
  const certificates = new Map<string, Uint8Array[]>()
  let reachable = true

  const reach = () => {
    if (!reachable)
      throw new DirectoryError('DIRECTORY_UNREACHABLE', 'The directory does not answer.', 'Try again when it is back.')
  }
  const pages = async function* <T>(rows: () => readonly T[]) {
    reach()
    for (let at = 0; at < rows().length; at += pageSize) {
      reach()
      yield rows().slice(at, at + pageSize)
    }
  }
  const same = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0
  const changeCertificates = (id: string, change: (before: Uint8Array[]) => Uint8Array[]) => {
    reach()
    if (!entries.some(entry => entry.user.id === id)) return 'NO_SUCH_USER'
    certificates.set(id, change(certificates.get(id) ?? []))
    return 'DONE'
  }
  return {
    entries,
    directoryGroups,
    certificates,
    setReachable: value => {
      reachable = value
    },
    authenticate: async (loginName, password, directoryId) => {
      if (password === '' || loginName === '') return 'WRONG'
      reach()
      const found = entries.filter(({ user }) => user.loginName === loginName)
      if (found.length > 1)
        throw new DirectoryError('DIRECTORY_USER_AMBIGUOUS', 'Two entries have this login name.', 'Rename one.')
      const [entry] = found
      const right = entry?.password === password && !entry.user.disabled
      return right && (directoryId === undefined || entry.user.id === directoryId) ? 'RIGHT' : 'WRONG'
    },
    check: async () => reach(),
    users: () => pages(() => entries.map(entry => entry.user)),
    groups: () => pages(() => directoryGroups),
    publishCertificate: async (id, certificate) =>
      changeCertificates(id, before => [...before.filter(other => !same(other, certificate)), certificate]),
    withdrawCertificate: async (id, certificate) =>
      changeCertificates(id, before => before.filter(other => !same(other, certificate))),
  }
}
