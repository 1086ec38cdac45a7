import { type Mail, MailError, type MailMessage, mailFault } from '@cardwright/core'

export type MemoryMail = Mail & {
  readonly arrived: readonly MailMessage[]
  /** Thrown by every `send` until it is null again; `afterwards` = the message got there, only the answer did not. */
  fail(error: MailError | null, when?: 'before' | 'afterwards'): void
}

/** A mail server that keeps what it is given; like others it knows no `unknown@…`, and `busy@…` is busy. */
export const createMemoryMail = (): MemoryMail => {
  const arrived: MailMessage[] = []
  let failure: { readonly error: MailError; readonly when: 'before' | 'afterwards' } | null = null
  return {
    arrived,
    fail: (error, when = 'before') => {
      failure = error && { error, when }
    },
    async send(message) {
      const fault = mailFault(message)
      if (fault) throw fault
      if (failure?.when === 'before') throw failure.error
      const refused = (permanent: boolean) =>
        new MailError(
          'MAIL_REFUSED',
          "The mail server refused the recipient's address.",
          'Check the address.',
          permanent,
        )
      if (message.to.startsWith('unknown@')) throw refused(true)
      if (message.to.startsWith('busy@')) throw refused(false)
      arrived.push(message)
      if (failure) throw failure.error
    },
  }
}
