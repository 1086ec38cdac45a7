import { escapeHtml } from '@cardwright/core'
import { type MailContent, moment } from './initial-password-mail.ts'

/** The mail before a device expires (N-3). The only text of it; nothing in it is secret. */
export const expiryMail = (about: {
  readonly displayName: string
  readonly organisation: string
  readonly serial: string
  readonly model: string
  readonly temporary: boolean
  /** Milliseconds since 1970. */
  readonly expiresAt: number
  /** Days that are left, begun ones too. */
  readonly daysLeft: number
  readonly portalUrl: string
}): MailContent => {
  const { displayName, organisation, serial, model, temporary, daysLeft, portalUrl } = about
  const left = daysLeft === 1 ? 'less than a day' : `${daysLeft} days`
  const what = `Your ${temporary ? 'temporary ' : ''}device ${model} with the serial number ${serial} from ${organisation}`
  const lines = [
    `Hello ${displayName},`,
    `${what} works until ${moment(about.expiresAt)}. That is ${left} from now.`,
    temporary
      ? 'Bring it back then. If you still need it, tell your help desk before.'
      : 'After that you cannot sign in with it. Ask your help desk for another one before.',
  ]
  // A mail that tells of an end is a well-known bait.
  const warning = 'Nobody will ask you for your PIN because of this mail. What you have is shown in the User portal:'
  return {
    subject: `Your ${temporary ? 'temporary ' : ''}device expires in ${left}`,
    text: [...lines, warning, portalUrl].join('\n\n').concat('\n'),
    html: [
      '<!doctype html><html lang="en"><body style="font-family:sans-serif;line-height:1.5">',
      ...lines.map(line => `<p>${escapeHtml(line)}</p>`),
      `<p>${escapeHtml(warning)}<br><a href="${escapeHtml(portalUrl)}">${escapeHtml(portalUrl)}</a></p>`,
      '</body></html>',
    ].join('\n'),
  }
}
