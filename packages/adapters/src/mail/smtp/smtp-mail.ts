import { isIP } from 'node:net'
import { type Mail, type MailSettings, mailFault } from '@cardwright/core'
import { createTransport } from 'nodemailer'
import { toMailError } from './mail-error.ts'

export type SmtpOptions = {
  readonly settings: MailSettings
  readonly password: string | null
  /** Milliseconds; `whole` bounds one mail from the look-up of the name to the server's last answer. */
  readonly timeouts?: { readonly connect: number; readonly answer: number; readonly whole: number }
}

/** Shorter than the lease of the outbox, so that nobody else sends the same mail meanwhile. */
const TIMEOUTS = { connect: 10_000, answer: 20_000, whole: 30_000 }

/** Sends by SMTP submission (RFC 6409), one connection for each mail. Unless the settings say NONE, it goes out over TLS or not at all. */
export const createSmtpMail = ({ settings, password, timeouts = TIMEOUTS }: SmtpOptions): Mail => {
  const host = settings.host.replace(/^\[(.*)\]$/, '$1')
  const where = `${settings.host}:${settings.port}`
  const ca = settings.caCertificates.trim()
  const from = { name: settings.fromName, address: settings.fromAddress }
  const login = settings.user === '' ? {} : { auth: { user: settings.user, pass: password ?? '' }, forceAuth: true }
  const transport = createTransport({
    host,
    port: settings.port,
    secure: settings.tls === 'TLS',
    requireTLS: settings.tls !== 'NONE',
    ignoreTLS: settings.tls === 'NONE',
    // Also if the server offers no login: an account that was configured is used, or nothing is sent.
    ...login,
    connectionTimeout: timeouts.connect,
    dnsTimeout: timeouts.connect,
    greetingTimeout: timeouts.answer,
    socketTimeout: timeouts.answer,
    allowInternalNetworkInterfaces: true,
    tls: {
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      // RFC 6066 §3: no address literals in SNI; the certificate is checked against the host all the same.
      ...(isIP(host) ? {} : { servername: host }),
      ...(ca === '' ? {} : { ca }),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send(message) {
      const fault = mailFault(message)
      if (fault) throw fault
      const { to, subject, text, html, messageId } = message
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          envelope: { from: settings.fromAddress, to },
          subject,
          text,
          ...(html === undefined ? {} : { html }),
          messageId: `<${messageId}>`,
          // RFC 3834 §5: nobody's absence notice shall answer.
          headers: { 'Auto-Submitted': 'auto-generated' },
          signal: AbortSignal.timeout(timeouts.whole),
        })
      } catch (error) {
        throw toMailError(error, where)
      }
    },
  }
}
