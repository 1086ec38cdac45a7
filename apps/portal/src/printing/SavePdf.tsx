import { routes } from 'virtual:contract'
import type { PrintJob } from '@cardwright/contract'
import { Button, Group } from '@mantine/core'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { t } from '../texts/t.ts'

/** What was printed, as the file that a printer gets. */
export const SavePdf = ({ job }: { readonly job: Pick<PrintJob, 'id' | 'serial'> }) => {
  const { submit, pending, error } = useSubmit(async () => {
    const { pdf } = await call(routes.printedDocument, { params: { id: job.id } })
    Object.assign(document.createElement('a'), { href: pdf, download: `card-${job.serial}.pdf` }).click()
  })
  return (
    <>
      {error && <ErrorNotice error={error} />}
      <Group>
        <Button size="xs" variant="default" loading={pending} onClick={() => void submit(undefined)}>
          {t('print.savePdf')}
        </Button>
      </Group>
    </>
  )
}
