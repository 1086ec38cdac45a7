import { MailError } from '@cardwright/core'

/** What nodemailer's errors carry that says something without quoting anything (its lib/errors). */
type SmtpFailure = {
  readonly code?: unknown
  readonly originalCode?: unknown
  readonly responseCode?: unknown
  readonly response?: unknown
  readonly command?: unknown
}

/** Codes of Node and OpenSSL for a certificate that was not accepted, and for a handshake that failed. */
const TLS_CODE =
  /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(VERIFY|GET_ISSUER|GET_CRL|DECRYPT|DECODE)|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH|EPROTO$)/

/** `5.7.1` of `550 5.7.1 …` (RFC 3463 §2): numbers only, for the rest of an answer may quote the message. */
const enhancedStatus = (response: unknown): string | undefined =>
  typeof response === 'string' ? /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] : undefined

const said = ({ responseCode, response }: SmtpFailure): string => {
  const status = enhancedStatus(response)
  return `${String(responseCode)}${status ? ` ${status}` : ''}`
}

/** Where in the dialogue the server said no, for people. */
const refusedWhat = (command: string): readonly [what: string, advice: string] => {
  if (command.startsWith('MAIL FROM'))
    return ['the sender address', 'Check the sender address, and whether the account may send from it.']
  if (command.startsWith('RCPT TO')) return ["the recipient's address", "Check the user's e-mail address."]
  return ['the message', "Ask the mail server's administrator; its log has the reason."]
}

/** The error of a failed SMTP session as MailError. Nothing of the message and none of the server's words get into it. */
export const toMailError = (error: unknown, where: string): MailError => {
  const failure = error as SmtpFailure
  const [code, original] = [String(failure.code), String(failure.originalCode)]
  const command = typeof failure.command === 'string' ? failure.command : ''
  if (code === 'EAUTH' || code === 'ENOAUTH') {
    const answered = typeof failure.responseCode === 'number' ? ` (${said(failure)})` : ''
    return new MailError(
      'MAIL_REFUSED',
      `The mail server ${where} did not accept the login${answered}.`,
      'Check user and password in the mail settings, and whether this server offers a login.',
    )
  }
  if (code === 'ETLS' || TLS_CODE.test(code) || TLS_CODE.test(original)) {
    const reason = [original, code].find(one => TLS_CODE.test(one))
    return new MailError(
      'MAIL_TLS',
      `No protected connection to the mail server ${where} came about${reason ? ` (${reason})` : ''}.`,
      'Check the kind of TLS, the port, and that the server has a valid certificate for this name; if its authority is your own, enter the CA certificate.',
    )
  }
  if (typeof failure.responseCode === 'number' && failure.responseCode >= 400 && !/^(CONN|EHLO|HELO)/.test(command)) {
    const [what, advice] = refusedWhat(command)
    // 503 tells of the session, not of the message (RFC 5321 §4.2.2).
    const permanent = failure.responseCode >= 500 && failure.responseCode !== 503
    return new MailError(
      'MAIL_REFUSED',
      `The mail server ${where} refused ${what} (${said(failure)})${permanent ? '' : ' for now'}.`,
      permanent ? advice : 'It is tried again later.',
      permanent,
    )
  }
  return new MailError(
    'MAIL_UNREACHABLE',
    `The mail server ${where} does not answer${/^E[A-Z]+$/.test(original) ? ` (${original})` : ''}.`,
    'Check host and port in the mail settings, and whether a firewall stands between.',
  )
}
