/** Where IPP is spoken: a printer of the network, or the socket of the workstation's own CUPS. */
export type IppAddress = {
  /** `printer-uri` of requests: an `ipp:` or `ipps:` URI (RFC 3510, RFC 7472). */
  readonly uri: string
  /** PEM of the certificate authorities for `ipps:`; empty or absent = the public ones. */
  readonly caCertificates?: string
  /** A Unix socket to use instead of host and port. */
  readonly socketPath?: string
}

/** What an HTTP client needs to know of it. */
export type HttpTarget = {
  readonly tls: boolean
  readonly host: string
  readonly port: number
  readonly path: string
}

const DEFAULT_PORT = 631

/** RFC 3510 §4, RFC 7472 §4.1: port 631 unless the URI has another. `null` = no address of a printer. */
export const httpTarget = (uri: string): HttpTarget | null => {
  const { protocol, hostname, port, pathname, username } = URL.canParse(uri) ? new URL(uri) : ({} as Partial<URL>)
  if ((protocol !== 'ipp:' && protocol !== 'ipps:') || !hostname || username) return null
  return {
    tls: protocol === 'ipps:',
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port ? Number(port) : DEFAULT_PORT,
    path: pathname || '/',
  }
}
