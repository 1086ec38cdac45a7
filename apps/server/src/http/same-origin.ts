import type { FastifyRequest } from 'fastify'

/** Where this server is reached. `publicUrl` has no path and no slash at its end. */
export type Address = { readonly publicUrl: string; readonly allowedHosts: ReadonlySet<string> }

/**
 * The addresses under which a browser may reach this server. A name that is not among them is refused, so that a
 * hostile site cannot rebind its own name to 127.0.0.1 and talk to us.
 */
export const addressOf = (options: { host: string; port: number; url: string | undefined }): Address => {
  const local = [`localhost:${options.port}`, `127.0.0.1:${options.port}`, `[::1]:${options.port}`]
  const publicUrl = (options.url ?? `http://localhost:${options.port}`).replace(/\/+$/, '')
  const named = isLoopback(options.host) ? [] : [`${options.host}:${options.port}`]
  return { publicUrl, allowedHosts: new Set([new URL(publicUrl).host, ...local, ...named]) }
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('127.') || host.startsWith('::ffff:127.')

export const hostIsAllowed = (request: FastifyRequest, address: Address): boolean =>
  address.allowedHosts.has((request.headers.host ?? '').toLowerCase())

/**
 * Browsers name the page that a request comes from in `Sec-Fetch-Site` and, on unsafe methods, in `Origin`. Programs
 * send neither; they have no cookies that a page could abuse.
 */
export const originIsOwn = (request: FastifyRequest, address: Address): boolean => {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  const { origin } = request.headers
  if (origin === undefined) return true
  try {
    const url = new URL(origin)
    const own = new URL(address.publicUrl)
    // The same name without TLS is whoever is on the way to us.
    if (url.host === own.host && url.protocol !== own.protocol) return false
    return address.allowedHosts.has(url.host) && url.host === (request.headers.host ?? '').toLowerCase()
  } catch {
    return false
  }
}
