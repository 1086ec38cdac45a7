import { routes } from 'virtual:contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Notice } from '../parts/Notice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'

/** A mail to the operator's own address, by what is stored. */
export const TestMail = ({ dirty }: { readonly dirty: boolean }) => {
  const [to, setTo] = useState<string | null>(null)
  const { submit, pending, error } = useSubmit(async () => {
    setTo(null)
    setTo((await call(routes.testMail, {})).to)
  })
  return (
    <Panel title={t('mail.test')}>
      <Stack gap="sm">
        <Group gap="md">
          <Button variant="default" loading={pending} disabled={dirty} onClick={() => void submit(undefined)}>
            {t('mail.testDo')}
          </Button>
          <Text size="sm" c="dimmed">
            {t(dirty ? 'mail.testFirst' : 'mail.testText')}
          </Text>
        </Group>
        {error && <ErrorNotice error={error} title={t('mail.testBad')} />}
        {to !== null && (
          <Notice tone="ok" role="status" title={t('mail.testOk', { to })}>
            <Text size="sm">{t('mail.testOkText')}</Text>
          </Notice>
        )}
      </Stack>
    </Panel>
  )
}
