import { MailError, type MailMessage } from '../ports/mail.ts'
import { isMailAddress } from './mail-address.ts'

const MESSAGE_ID = /^[^\s<>@]+@[^\s<>@]+$/

/** Why no mail can be made of this, or null. A line break in any of these would begin a header of its own. */
export const mailFault = (message: MailMessage): MailError | null => {
  const wrong = (what: string, advice: string) =>
    new MailError('MAIL_REFUSED', `${what} cannot be used in a mail.`, advice, true)
  if (!isMailAddress(message.to)) return wrong("The recipient's address", "Correct the user's e-mail address.")
  if (/\p{Cc}/u.test(message.subject)) return wrong('The subject', 'Take line breaks and control characters out of it.')
  if (!MESSAGE_ID.test(message.messageId)) return wrong('The Message-ID', 'Check the sender address in the settings.')
  return null
}
