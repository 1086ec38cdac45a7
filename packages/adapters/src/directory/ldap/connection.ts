import type { TLSSocket } from 'node:tls'
import { DirectoryError, type DirectorySettings } from '@cardwright/core'
import { Client } from 'ldapts'
import { toDirectoryError } from './ldap-errors.ts'
import { openTls } from './open-tls.ts'

export type Timeouts = { readonly connectMs: number; readonly operationMs: number }

/** What connections are made from; the password is that of the service account. */
export type Access = {
  readonly settings: DirectorySettings
  readonly bindPassword: string
  readonly timeouts: Timeouts
}

/**
 * The library connects anew when a connection broke; the second time must fail instead: nobody would be signed in on it,
 * and a search that goes on there would look complete without being it.
 */
const clientOn = (socket: TLSSocket, { operationMs }: Timeouts): Client => {
  let given = false
  return new Client({
    url: 'ldaps://already-connected',
    timeout: operationMs,
    connectTimeout: operationMs,
    createSecureConnection: () => {
      if (given) throw new Error('the connection to the directory ended')
      given = true
      return socket
    },
  })
}

/** Tries the addresses in order. If none serves, what was wrong with TLS is told first: silence has many causes. */
const reach = async ({ settings, timeouts }: Access): Promise<TLSSocket> => {
  const failures: DirectoryError[] = []
  for (const url of settings.urls) {
    try {
      return await openTls(url, settings, timeouts.connectMs)
    } catch (error) {
      if (!(error instanceof DirectoryError)) throw error
      failures.push(error)
    }
  }
  const told = failures.find(failure => failure.code === 'DIRECTORY_TLS') ?? failures[0]
  throw told ?? new DirectoryError('DIRECTORY_CONFIGURATION', 'The directory has no address.', 'Enter one.')
}

/** One connection on which nobody is signed in yet, closed afterwards whatever happens. */
export const onConnection = async <T>(
  access: Access,
  work: (client: Client, socket: TLSSocket) => Promise<T>,
): Promise<T> => {
  const socket = await reach(access)
  const client = clientOn(socket, access.timeouts)
  try {
    return await work(client, socket)
  } finally {
    await client.unbind().catch(() => undefined)
    socket.destroy()
  }
}

export const bindService = async (client: Client, { settings, bindPassword }: Access): Promise<void> => {
  // With an empty password the bind would be an unauthenticated one and succeed (RFC 4513 §5.1.2).
  if (bindPassword === '')
    throw new DirectoryError(
      'DIRECTORY_REFUSED',
      'Signing in to the directory: the password of its account is not set.',
      'Enter it in the directory settings.',
    )
  try {
    await client.bind(settings.bindDn, bindPassword)
  } catch (error) {
    throw toDirectoryError(error, `Signing in to the directory as ${settings.bindDn}`)
  }
}

/** One connection on which the service account is signed in; `step` is what an error says was being done. */
export const asService = <T>(access: Access, step: string, work: (client: Client) => Promise<T>): Promise<T> =>
  onConnection(access, async client => {
    await bindService(client, access)
    try {
      return await work(client)
    } catch (error) {
      throw toDirectoryError(error, step)
    }
  })
