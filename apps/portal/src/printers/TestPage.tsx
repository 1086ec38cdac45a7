import { routes } from 'virtual:contract'
import type { PrinterFault, SitePrinter } from '@cardwright/contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Notice } from '../parts/Notice.tsx'
import { t } from '../texts/t.ts'

type Props = { readonly printer: SitePrinter; readonly possible: boolean }
type Ended = { readonly printed: boolean; readonly fault: PrinterFault | null }

/** A page or card without anything of a user, by the stored settings. */
export const TestPage = ({ printer, possible }: Props) => {
  const [ended, setEnded] = useState<Ended | null>(null)
  const { submit, pending, error } = useSubmit(async () => {
    setEnded(null)
    setEnded(await call(routes.testPrinter, { params: { id: printer.id } }))
  })
  return (
    <Stack gap="sm">
      <Group gap="md">
        <Button
          variant="default"
          leftSection={<IconPrinter size={16} aria-hidden />}
          disabled={!possible}
          loading={pending}
          onClick={() => void submit(undefined)}
        >
          {t('printer.test')}
        </Button>
        <Text size="sm" c="dimmed">
          {t(possible ? `printer.testHint.${printer.purpose}` : 'printer.testSave')}
        </Text>
      </Group>
      {error && <ErrorNotice error={error} title={t('printer.testBad')} />}
      {ended?.printed === true && (
        <Notice tone="ok" role="status" title={t('printer.testOk')}>
          {t('printer.testOkText')}
        </Notice>
      )}
      {ended?.printed === false && (
        <Notice tone="bad" role="alert" title={t('printer.testBad')}>
          {ended.fault ? `${ended.fault.text} ${ended.fault.advice}` : t('printer.testTooLong')}
        </Notice>
      )}
    </Stack>
  )
}
