import type { PrintJob } from '@cardwright/contract'
import type { StateFace } from '../format/device.ts'
import { t } from '../texts/t.ts'

export const isUnderWay = (state: PrintJob['state']): boolean => state === 'QUEUED' || state === 'PRINTING'

/** Only what is printed is handed out. Of what nobody knows the end, a person looks at the card and decides (P-5, P-7). */
export const mayContinue = ({ state, fault }: Pick<PrintJob, 'state' | 'fault'>): boolean =>
  state === 'PRINTED' || (state === 'FAILED' && fault?.code === 'UNKNOWN_OUTCOME')

const faces = {
  QUEUED: { tone: 'info', icon: 'clock' },
  PRINTING: { tone: 'info', icon: 'work' },
  PRINTED: { tone: 'ok', icon: 'check' },
  FAILED: { tone: 'bad', icon: 'cross' },
  CANCELLED: { tone: 'quiet', icon: 'end' },
} as const

export const jobFace = ({ state }: Pick<PrintJob, 'state'>): StateFace => ({
  ...faces[state],
  word: t(`print.jobState.${state}`),
})

/** What is going on, as one line: for the head of the bar and for screen readers. */
export const nowOf = ({ state, fault, printer }: Pick<PrintJob, 'state' | 'fault' | 'printer'>): string =>
  state === 'PRINTING' && fault
    ? t('print.waits', { printer: printer.name, what: fault.text })
    : t(`print.now.${state}`, { printer: printer.name })
