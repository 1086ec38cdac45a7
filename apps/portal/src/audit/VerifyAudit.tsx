import { routes } from 'virtual:contract'
import { Button, Stack } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Notice } from '../parts/Notice.tsx'
import { t } from '../texts/t.ts'

type Answer = NonNullable<(typeof routes.verifyAudit)['types']>['answer']

/** Checks the chain of all records and says what it found. */
export const VerifyAudit = () => {
  const [answer, setAnswer] = useState<Answer | null>(null)
  const { submit, pending, error } = useSubmit(async () => setAnswer(await call(routes.verifyAudit, {})))
  return (
    <Stack gap="sm" mb="lg" align="flex-start">
      <Button
        variant="default"
        leftSection={<IconShieldCheck size={16} aria-hidden />}
        loading={pending}
        onClick={() => void submit(undefined)}
      >
        {t('audit.verify')}
      </Button>
      {error && <ErrorNotice error={error} />}
      <div role="status">
        {answer?.intact && <Notice tone="ok" title={t('audit.intact', { records: answer.records })} />}
        {answer && !answer.intact && (
          <Notice
            tone="bad"
            title={t('audit.broken', { record: answer.firstBroken ?? '?', finding: answer.finding ?? '' })}
          >
            {t('audit.brokenAdvice')}
          </Notice>
        )}
      </div>
    </Stack>
  )
}
