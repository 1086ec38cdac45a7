/** One mail to one person. `to` is a bare address (see core/mail/mail-address.ts); line breaks in `subject` are refused. */
export type MailMessage = {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html?: string
  /** Without angle brackets (RFC 5322 §3.6.4). The same for every attempt at one delivery, so that a repeat is recognised. */
  readonly messageId: string
}

/**
 * Owned by the core, implemented by adapters/mail. Resolves when a mail server has taken the message over. After an
 * error it may have been taken over all the same: only the answer got lost. Throws MailError and nothing else.
 */
export interface Mail {
  send(message: MailMessage): Promise<void>
}

export type MailErrorCode =
  /** No mail server answered, or one stopped answering. */
  | 'MAIL_UNREACHABLE'
  /** No TLS: certificate not trusted, made for another host, expired, or STARTTLS not offered. */
  | 'MAIL_TLS'
  /** The server answered no: to the login, to an address, or to the message. */
  | 'MAIL_REFUSED'
  | 'MAIL_NOT_CONFIGURED'

/**
 * `message` says what happened; `advice` what now. Neither holds what the mail says, nor the server's own words, which
 * may quote it. `permanent` = the same message will get the same answer again (RFC 5321 §4.2.1, 5yz).
 */
export class MailError extends Error {
  readonly code: MailErrorCode
  readonly advice: string
  readonly permanent: boolean
  constructor(code: MailErrorCode, message: string, advice: string, permanent = false) {
    super(message)
    this.name = 'MailError'
    this.code = code
    this.advice = advice
    this.permanent = permanent
  }
}
