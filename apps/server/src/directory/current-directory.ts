import { type Db, getDirectorySettings } from '@cardwright/adapters/db'
import { createLdapDirectory } from '@cardwright/adapters/directory'
import type { Directory, DirectorySettings, Keys } from '@cardwright/core'
import type { Logger } from 'pino'

/** The directory as it is configured now; null = none. A new one after each change of the settings. */
export type CurrentDirectory = () => Promise<Directory | null>

/** What the bind password is sealed for; it fits nothing else. */
const PASSWORD_CONTEXT = 'directory:bind-password'

export const sealBindPassword = (keys: Pick<Keys, 'seal'>, password: string): Promise<Uint8Array> =>
  keys.seal(PASSWORD_CONTEXT, new TextEncoder().encode(password))

export const unsealBindPassword = async (keys: Pick<Keys, 'unseal'>, sealed: Uint8Array): Promise<string> =>
  new TextDecoder().decode(await keys.unseal(PASSWORD_CONTEXT, sealed))

export type DirectoryMaker = (settings: DirectorySettings, bindPassword: string) => Directory

/** The reason of a refusal is for the log; who typed the password learns only that it was not right. */
export const createDirectoryMaker =
  (log: Pick<Logger, 'info'>): DirectoryMaker =>
  (settings, bindPassword) =>
    createLdapDirectory(settings, bindPassword, {
      refused: ({ dn, reason }) => log.info({ dn, reason }, 'the directory did not let this person in'),
    })

/** Read anew each time: another server may have changed the settings. A connection costs far more than two rows. */
export const createCurrentDirectory =
  (ports: { readonly db: Db; readonly keys: Pick<Keys, 'unseal'>; readonly make: DirectoryMaker }): CurrentDirectory =>
  async () => {
    const { settings, sealedPassword } = await getDirectorySettings(ports.db)
    if (settings === null || sealedPassword === null) return null
    return ports.make(settings, await unsealBindPassword(ports.keys, sealedPassword))
  }
