import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { DirectoryError, type DirectorySettings } from '@cardwright/core'
import { askForTls } from './start-tls.ts'

export type Address = { readonly host: string; readonly port: number }

export const addressOf = (url: string): Address => {
  const { protocol, hostname, port } = new URL(url)
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port ? Number(port) : protocol === 'ldaps:' ? 636 : 389,
  }
}

const unreachable = ({ host, port }: Address, why: string, cause?: unknown) =>
  new DirectoryError(
    'DIRECTORY_UNREACHABLE',
    `Connecting to ${host}:${port}: ${why}.`,
    'Check that the directory runs, the address and port, and firewalls between here and there.',
    { cause },
  )

const untrusted = ({ host, port }: Address, why: string, advice: string, cause?: unknown) =>
  new DirectoryError('DIRECTORY_TLS', `Securing the connection to ${host}:${port}: ${why}.`, advice, { cause })

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown }).code
  return typeof code === 'string' ? code : 'no code'
}

const tcpTexts: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name cannot be looked up now',
  EHOSTUNREACH: 'there is no way to this host',
  ENETUNREACH: 'there is no way to this network',
}

/** Rejects after `ms`; whatever `work` opened must be closed by the caller then. */
const within = async <T>(ms: number, work: Promise<T>, late: () => Error): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), ms)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}

const reachTcp = (socket: Socket, address: Address): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.once('connect', () => resolve())
    // Stays: an error that comes later must not end the process.
    socket.on('error', error => {
      const code = codeOf(error)
      reject(unreachable(address, tcpTexts[code] ?? `it failed (${code})`, error))
    })
  })

const handshake = (socket: Socket, { host, port }: Address, caCertificates: string): Promise<TLSSocket> =>
  new Promise((resolve, reject) => {
    const secure = connectTls({
      socket,
      host,
      ...(isIP(host) ? {} : { servername: host }),
      ...(caCertificates.trim() === '' ? {} : { ca: caCertificates }),
      minVersion: 'TLSv1.2',
      // Said explicitly, so that NODE_TLS_REJECT_UNAUTHORIZED in the environment does not turn it off.
      rejectUnauthorized: true,
    })
    secure.once('secureConnect', () => resolve(secure))
    secure.on('error', error => reject(whyNoTls({ host, port }, error)))
    secure.once('close', () => reject(whyNoTls({ host, port }, Object.assign(new Error(), { code: 'ECONNRESET' }))))
  })

const whyNoTls = (address: Address, error: unknown): DirectoryError => {
  const code = codeOf(error)
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return untrusted(
      address,
      'its certificate was made for another host',
      'Use the host name that the certificate carries, or give the directory one with this name.',
      error,
    )
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID')
    return untrusted(
      address,
      'its certificate is not valid now',
      'Renew it, and check the clock of this server.',
      error,
    )
  if (/CERT|ISSUER|SIGNATURE|SELF_SIGNED/.test(code))
    return untrusted(
      address,
      `its certificate is not trusted (${code})`,
      'Put the certificate of the authority that issued it into the directory settings.',
      error,
    )
  return untrusted(
    address,
    `no TLS came about (${code})`,
    'Check the port: ldaps:// needs one that speaks TLS at once (636), StartTLS one that begins without (389).',
    error,
  )
}

const REFUSED_ADVICE = 'Turn StartTLS on in the directory (a server certificate is needed), or use ldaps://.'

/**
 * A connection to one address whose certificate has been checked, or DirectoryError. There is no way to get one without:
 * everything that speaks LDAP here is given what this function answers.
 */
export const openTls = async (
  url: string,
  settings: Pick<DirectorySettings, 'tls' | 'caCertificates'>,
  timeoutMs: number,
): Promise<TLSSocket> => {
  const address = addressOf(url)
  const socket = connectTcp({ host: address.host, port: address.port, noDelay: true })
  try {
    await within(timeoutMs, reachTcp(socket, address), () => unreachable(address, 'no answer in time'))
    if (settings.tls === 'STARTTLS') {
      const code = await within(timeoutMs, askForTls(socket), () =>
        unreachable(address, 'no answer to StartTLS in time'),
      ).catch(error => {
        throw error instanceof DirectoryError
          ? error
          : untrusted(address, 'StartTLS was not answered properly', REFUSED_ADVICE, error)
      })
      if (code !== 0) throw untrusted(address, `StartTLS was refused (LDAP result ${code})`, REFUSED_ADVICE)
    }
    return await within(timeoutMs, handshake(socket, address, settings.caCertificates), () =>
      unreachable(address, 'no answer to the TLS handshake in time'),
    )
  } catch (error) {
    socket.destroy()
    if (error instanceof DirectoryError) throw error
    // A certificate list that is not PEM, for one.
    throw untrusted(
      address,
      `TLS could not be set up (${codeOf(error)})`,
      'Check the CA certificates in the settings.',
      error,
    )
  }
}
