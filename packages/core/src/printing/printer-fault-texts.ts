import type { PrinterFault, PrinterFaultCode } from '../ports/printer.ts'

/** What is the matter with a printer, and what a person does about it: for card and letter printers alike. */
export const printerFaultTexts: Readonly<Record<PrinterFaultCode, { readonly text: string; readonly advice: string }>> =
  {
    OFFLINE: {
      text: 'The printer is not reached.',
      advice: 'Switch it on and check its cable or network.',
    },
    ACCESS_DENIED: {
      text: 'The printer does not let Cardwright in.',
      advice:
        'Have it let this machine print without a password. If it wants a protected connection, its address begins with ipps.',
    },
    STOPPED: {
      text: 'The printer is stopped.',
      advice: 'Look at its display. If that says nothing, resume it in the settings of its queue.',
    },
    NOT_ACCEPTING_JOBS: {
      text: 'The printer takes no jobs at present.',
      advice: 'Have its queue accept jobs again, or choose another printer.',
    },
    NO_CARD: { text: 'Cards or paper have run out.', advice: 'Fill the tray.' },
    MEDIA_JAM: { text: 'A card or sheet is stuck in the printer.', advice: 'Open the printer and take it out.' },
    RIBBON_EMPTY: { text: 'The ribbon, toner or ink is used up.', advice: 'Put in a new one.' },
    COVER_OPEN: { text: 'A cover of the printer is open.', advice: 'Close it.' },
    OUTPUT_FULL: { text: 'The output tray is full.', advice: 'Empty it.' },
    JOB_REFUSED: {
      text: 'The printer refused the job.',
      advice: 'Look at its display and at the log of its queue, then print again.',
    },
    JOB_ABORTED: { text: 'The job was ended before it was printed.', advice: 'Print again.' },
    FORMAT_NOT_SUPPORTED: {
      text: 'The printer does not understand what is sent to it.',
      advice: 'Choose a printer that takes PDF or PWG Raster, or update its driver.',
    },
    UNKNOWN_OUTCOME: {
      text: 'Nobody knows whether this was printed: the connection broke, or the server stopped, while it was under way.',
      advice: 'Look at what lies in the printer before you print again.',
    },
    OTHER: { text: 'The printer reports a fault.', advice: 'Look at its display: {keyword}.' },
  }

/** Faults as the printer's own words say them are for support; people are told in ours. */
export const wordsOfFault = ({
  code,
  keyword,
  mayHaveMoved = false,
}: Pick<PrinterFault, 'code' | 'keyword'> & { readonly mayHaveMoved?: boolean }): {
  readonly text: string
  readonly advice: string
} => {
  const { text, advice } = printerFaultTexts[code]
  const look = mayHaveMoved && code !== 'UNKNOWN_OUTCOME' ? ' Look at the card before you print again.' : ''
  return { text, advice: advice.replace('{keyword}', keyword || 'it gives no name') + look }
}
