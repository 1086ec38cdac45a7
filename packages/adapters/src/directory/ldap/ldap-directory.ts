import type { Directory, DirectorySettings } from '@cardwright/core'
import { authenticate, type RefusedBind } from './authenticate.ts'
import { type Access, asService, type Timeouts } from './connection.ts'
import { configuredFilter } from './filters.ts'
import { listGroups, listUsers } from './listing.ts'
import { publishCertificate, withdrawCertificate } from './published-certificates.ts'

export type LdapDirectoryOptions = {
  /** Told when the directory had a reason of its own to refuse a person; for the log. */
  readonly refused?: (why: RefusedBind) => void
  readonly timeouts?: Timeouts
}

const usual: Timeouts = { connectMs: 5_000, operationMs: 10_000 }

const check = (access: Access): Promise<void> =>
  asService(access, 'Reading the directory', async client => {
    const { userBase, userFilter, groupBase, groupFilter } = access.settings
    const one = { attributes: ['1.1'], sizeLimit: 1 }
    await client.search(userBase, { ...one, filter: configuredFilter(userFilter) })
    if (groupBase.trim() !== '') await client.search(groupBase, { ...one, filter: configuredFilter(groupFilter) })
  })

/** An LDAPv3 directory (RFC 4511). Holds no connection between calls. */
export const createLdapDirectory = (
  settings: DirectorySettings,
  bindPassword: string,
  { refused = () => {}, timeouts = usual }: LdapDirectoryOptions = {},
): Directory => {
  const access: Access = { settings, bindPassword, timeouts }
  return {
    authenticate: (loginName, password, directoryId) => authenticate(access, refused, loginName, password, directoryId),
    check: () => check(access),
    users: () => listUsers(access),
    groups: () => listGroups(access),
    publishCertificate: (id, certificate) => publishCertificate(access, id, certificate),
    withdrawCertificate: (id, certificate) => withdrawCertificate(access, id, certificate),
  }
}
