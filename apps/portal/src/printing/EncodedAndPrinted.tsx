import { Text } from '@mantine/core'
import { ProgressBar } from '../parts/ProgressBar.tsx'
import { t } from '../texts/t.ts'
import { useCardPrinters } from './use-card-printers.ts'

/** Below the encoding: the print that follows it, so that both are seen as one work (P-4). */
export const PrintAhead = ({ printerId }: { readonly printerId: string }) => {
  const { printers } = useCardPrinters(false)
  const printer = printers.find(one => one.id === printerId)?.name ?? t('print.thePrinter')
  return <Stage label={t('print.progress')} percent={0} now={t('print.ahead', { printer })} />
}

/** Above the print: the encoding that came before it. */
export const EncodedBefore = () => <Stage label={t('issuance.progress')} percent={100} now={t('print.encodedDone')} />

const Stage = ({ label, percent, now }: { readonly label: string; readonly percent: number; readonly now: string }) => (
  <div>
    <Text fw={600} mb={6}>
      {now}
    </Text>
    <ProgressBar label={label} percent={percent} now={now} />
  </div>
)
