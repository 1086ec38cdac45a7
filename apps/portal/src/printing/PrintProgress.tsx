import type { PrintJob } from '@cardwright/contract'
import { Text, VisuallyHidden } from '@mantine/core'
import { Notice } from '../parts/Notice.tsx'
import { ProgressBar } from '../parts/ProgressBar.tsx'
import { t } from '../texts/t.ts'
import { nowOf } from './print-words.ts'

/** The bar, and what the printer waits for, in words and with advice (P-4, P-7). */
export const PrintProgress = ({ job }: { readonly job: PrintJob }) => {
  const percent = job.state === 'PRINTED' ? 100 : Math.min(99, Math.round(job.progress * 100))
  const now = nowOf(job)
  return (
    <div>
      <Text fw={600} mb={6}>
        {now}
      </Text>
      <ProgressBar label={t('print.progress')} percent={percent} now={now} failed={job.state === 'FAILED'} />
      <VisuallyHidden role="status" aria-live="polite">
        {now}
      </VisuallyHidden>
      {job.fault && job.state === 'PRINTING' && (
        <div style={{ marginBlockStart: 12 }}>
          <Notice tone="warn" title={job.fault.text}>
            {job.fault.advice}
          </Notice>
        </div>
      )}
    </div>
  )
}
