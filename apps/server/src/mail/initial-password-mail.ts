import { escapeHtml } from '@cardwright/core'

/** What one mail says; sealed as it stands until it is sent. */
export type MailContent = { readonly subject: string; readonly text: string; readonly html: string }

/** `2026-03-01 12:00 UTC`: whoever reads it may be anywhere. */
export const moment = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** The mail that brings the initial password of a device (U-4). The only text of it. */
export const initialPasswordMail = (about: {
  readonly displayName: string
  readonly organisation: string
  readonly password: string
  readonly validUntil: number
  readonly portalUrl: string
}): MailContent => {
  const { displayName, organisation, password, portalUrl } = about
  const until = moment(about.validUntil)
  const lines = {
    greeting: `Hello ${displayName},`,
    what: `a security device was assigned to you by ${organisation}. To set it up, open the User portal:`,
    how: 'Log in with this initial password:',
    until: `It is good once, until ${until}.`,
    // An initial password is asked for on one page only; whoever asks elsewhere wants the device.
    warning: 'Enter it nowhere else, and give it to nobody. If you expect no device, tell your help desk.',
  }
  return {
    subject: 'Your initial password',
    text: [lines.greeting, lines.what, portalUrl, lines.how, `    ${password}`, `${lines.until} ${lines.warning}`, '']
      .join('\n\n')
      .trimEnd()
      .concat('\n'),
    html: [
      '<!doctype html><html lang="en"><body style="font-family:sans-serif;line-height:1.5">',
      `<p>${escapeHtml(lines.greeting)}</p>`,
      `<p>${escapeHtml(lines.what)}<br><a href="${escapeHtml(portalUrl)}">${escapeHtml(portalUrl)}</a></p>`,
      `<p>${escapeHtml(lines.how)}</p>`,
      `<p style="font-family:monospace;font-size:1.4em;font-weight:bold">${escapeHtml(password)}</p>`,
      `<p>${escapeHtml(lines.until)} ${escapeHtml(lines.warning)}</p>`,
      '</body></html>',
    ].join('\n'),
  }
}
