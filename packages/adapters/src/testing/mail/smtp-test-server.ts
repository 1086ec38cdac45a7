import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { type ArrivedMail, readMail } from './read-mail.ts'
import { makeServerCertificate } from './tls-files.ts'

export type SmtpTestServer = {
  readonly port: number
  /** PEM of the authority that its certificate is from. */
  readonly caCertificates: string
  readonly arrived: readonly (ArrivedMail & {
    readonly from: string
    readonly to: readonly string[]
    readonly tls: boolean
  })[]
  /** What was tried as `user/password`. */
  readonly logins: readonly string[]
  close(): Promise<void>
}

export type SmtpTestServerOptions = {
  readonly tls: 'STARTTLS' | 'TLS' | 'NONE'
  /** The names of the certificate. */
  readonly subjectAltName?: string
  /** Without, no login is asked for. */
  readonly login?: { readonly user: string; readonly password: string }
  /** Does not offer AUTH at all. */
  readonly noLogin?: boolean
  /** Stops answering: after the connection, or after the content. */
  readonly hangs?: 'AT_ONCE' | 'AFTER_DATA'
  readonly port?: number
}

const refusal = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode })

/** Answers as mail servers do: `unknown@` for good, `busy@` for now; a text with REFUSE-ME comes back in the answer. */
export const startSmtpServer = async (options: SmtpTestServerOptions): Promise<SmtpTestServer> => {
  const certificate = makeServerCertificate(options.subjectAltName ?? 'IP:127.0.0.1,DNS:localhost')
  const arrived: SmtpTestServer['arrived'][number][] = []
  const logins: string[] = []
  const { login } = options
  const disabled = [...(options.tls === 'STARTTLS' ? [] : ['STARTTLS']), ...(options.noLogin || !login ? ['AUTH'] : [])]
  const server = new SMTPServer({
    secure: options.tls === 'TLS',
    key: certificate.key,
    cert: certificate.cert,
    disabledCommands: disabled,
    authOptional: login === undefined,
    disableReverseLookup: true,
    closeTimeout: 100,
    onConnect(_session, done) {
      if (options.hangs !== 'AT_ONCE') done()
    },
    onAuth({ username, password }, _session, done) {
      logins.push(`${username}/${password}`)
      if (login && username === login.user && password === login.password) done(null, { user: username })
      else done(refusal(535, `5.7.8 no, ${password} is not it`))
    },
    onRcptTo({ address }, _session, done) {
      if (address.startsWith('unknown@')) done(refusal(550, '5.1.1 nobody here by that name'))
      else if (address.startsWith('busy@')) done(refusal(450, '4.2.1 mailbox busy'))
      else done()
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('latin1')
        const mail = readMail(raw)
        if (mail.text.includes('REFUSE-ME')) return done(refusal(554, `5.7.1 your text "${mail.text.trim()}" is spam`))
        const { mailFrom, rcptTo } = session.envelope
        const from = mailFrom ? mailFrom.address : ''
        arrived.push({ ...mail, from, to: rcptTo.map(one => one.address), tls: session.secure })
        if (options.hangs !== 'AFTER_DATA') done()
      })
    },
  })
  // A client that hangs up in the handshake, since it does not trust us, is what the tests want.
  server.on('error', () => {})
  await new Promise<void>(resolve => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    port,
    caCertificates: certificate.caCertificates,
    arrived,
    logins,
    close: () => new Promise<void>(resolve => server.close(() => resolve())),
  }
}
