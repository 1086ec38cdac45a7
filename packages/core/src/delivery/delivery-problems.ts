import type { PrinterFaultCode } from '../ports/printer.ts'
import { printerFaultTexts, wordsOfFault } from '../printing/printer-fault-texts.ts'

/** What a person who looks at a delivery reads. */
export type DeliveryProblem = { readonly code: string; readonly text: string; readonly advice: string }

/** Why a letter or mail was not delivered, besides the faults of printers. The codes of mail are those of MailError. */
const problems = {
  NO_LETTER_PRINTER: {
    text: 'No letter printer is set up for this user.',
    advice: 'Have an administrator add a letter printer under Administration, Printers, then repeat it.',
  },
  NO_MAIL_ADDRESS: {
    text: 'The user has no e-mail address that mail can be sent to.',
    advice: "Enter the user's e-mail address, then repeat it.",
  },
  CHARACTER_MISSING: {
    text: 'The letter has a character that cannot be printed.',
    advice: "Look at the user's name and at the texts of the letter, then repeat it.",
  },
  LETTER_TOO_LONG: {
    text: 'The letter does not fit on one page.',
    advice: 'Have an administrator shorten its text, then repeat it.',
  },
  LOGO_UNREADABLE: {
    text: 'The logo of the letter cannot be read.',
    advice: 'Have an administrator replace it under Administration, Letters and mails, then repeat it.',
  },
  PUK_UNCERTAIN: {
    text: 'It is not known at present which PUK the card has.',
    advice: 'Unlock the card at a reader, which settles it, or wait: it is tried again.',
  },
  LETTER_UNCERTAIN: {
    text: 'Nobody knows whether this letter was printed.',
    advice: 'Look at the printer and destroy what came out in part. Repeating prints a letter marked as a copy.',
  },
  MAIL_NOT_CONFIGURED: {
    text: 'No mail server is configured.',
    advice: 'Have an administrator enter one under Administration, Mail server, then repeat it.',
  },
  MAIL_UNREACHABLE: {
    text: 'The mail server is not reached.',
    advice: 'Check it. It is tried again by itself for a day; then repeat it.',
  },
  MAIL_TLS: {
    text: 'No protected connection to the mail server is possible.',
    advice:
      'Have an administrator check its certificate under Administration, Mail server. It is tried again by itself for a day; then repeat it.',
  },
  MAIL_REFUSED: {
    text: 'The mail server refused the mail.',
    advice: "Check the user's e-mail address and the mail settings, then repeat it.",
  },
  EXPIRED: {
    text: 'It was not delivered in time.',
    advice: 'Repeat it; an initial password is made anew at its device.',
  },
  WITHDRAWN: {
    text: 'What it would have brought is no longer good.',
    advice: 'Nothing to do. Set a new PIN at the device if its holder needs one.',
  },
  INTERNAL: {
    text: 'Something unexpected happened.',
    advice: 'It is tried again by itself. If it stays so, look into the log of the server.',
  },
} as const satisfies Readonly<Record<string, { readonly text: string; readonly advice: string }>>
export type DeliveryProblemCode = keyof typeof problems

const isPrinterFaultCode = (code: string): code is PrinterFaultCode => Object.hasOwn(printerFaultTexts, code)
const isOwn = (code: string): code is DeliveryProblemCode => Object.hasOwn(problems, code)

/** A fault of a printer, as it is stored: `PRINTER_<code>`. */
export const printerProblem = (code: string): string => `PRINTER_${code}`

export const problemOfDelivery = (code: string): DeliveryProblem => {
  const fault = code.startsWith('PRINTER_') ? code.slice('PRINTER_'.length) : ''
  if (isPrinterFaultCode(fault)) return { code, ...wordsOfFault({ code: fault, keyword: '' }) }
  return { code, ...problems[isOwn(code) ? code : 'INTERNAL'] }
}
