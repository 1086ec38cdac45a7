import { routes } from 'virtual:contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { IconMailForward } from '@tabler/icons-react'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Notice } from '../parts/Notice.tsx'
import { t } from '../texts/t.ts'

/** A mail to the operator's own address, by the stored settings. */
export const MailTest = ({ possible }: { readonly possible: boolean }) => {
  const [to, setTo] = useState<string | null>(null)
  const { submit, pending, error } = useSubmit(async () => {
    setTo(null)
    setTo((await call(routes.testMail, {})).to)
  })
  return (
    <Stack gap="sm">
      <Group gap="md">
        <Button
          variant="default"
          leftSection={<IconMailForward size={16} aria-hidden />}
          disabled={!possible}
          loading={pending}
          onClick={() => void submit(undefined)}
        >
          {t('mail.test')}
        </Button>
        <Text size="sm" c="dimmed">
          {t(possible ? 'mail.testHint' : 'mail.testSave')}
        </Text>
      </Group>
      {error && <ErrorNotice error={error} title={t('mail.testBad')} />}
      {to !== null && (
        <Notice tone="ok" role="status" title={t('mail.testOk', { to })}>
          {t('mail.testOkText')}
        </Notice>
      )}
    </Stack>
  )
}
