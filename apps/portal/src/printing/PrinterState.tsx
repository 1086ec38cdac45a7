import type { CardPrinter, PrinterFault } from '@cardwright/contract'
import { Text } from '@mantine/core'
import { StateBadge } from '../parts/StateBadge.tsx'
import { t } from '../texts/t.ts'

const faces = {
  READY: { tone: 'ok', icon: 'check' },
  BUSY: { tone: 'info', icon: 'work' },
  FAULT: { tone: 'bad', icon: 'cross' },
} as const

export const PrinterBadge = ({ state }: { readonly state: CardPrinter['state'] }) => (
  <StateBadge face={{ ...faces[state], word: t(`printer.state.${state}`) }} />
)

/** What is the matter, in words, and what to do about it. */
export const Faults = ({ faults }: { readonly faults: readonly PrinterFault[] }) =>
  faults.map(fault => (
    <Text key={fault.code + fault.text} size="sm" component="span" display="block">
      {fault.text} {fault.advice}
    </Text>
  ))
