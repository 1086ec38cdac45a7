import { routes } from 'virtual:contract'
import type { User } from '@cardwright/contract'
import { Button, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { read } from '../api/read.ts'
import { useMay } from '../api/session.ts'
import { exactTime, relativeTime } from '../format/time.ts'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Notice } from '../parts/Notice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { Rows } from '../parts/Rows.tsx'
import { t } from '../texts/t.ts'
import { IdentityDialog } from './IdentityDialog.tsx'

/** For the Help desk: whether it is known who is calling, and the way to find out. */
export const IdentityPanel = ({ user }: { readonly user: User }) => {
  const may = useMay()
  const [checking, setChecking] = useState(false)
  const query = useQuery({
    ...read(routes.identityQuestions, { params: { id: user.id } }),
    enabled: may(routes.identityQuestions.access),
  })
  if (!may(routes.checkIdentity.access)) return null
  const last = query.data?.lastChecked
  return (
    <Panel title={t('identity.title')}>
      {query.isPending && <Rows count={2} />}
      {query.isError && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && (
        <Stack gap="sm" align="flex-start">
          {last ? (
            <Notice tone="ok" title={t('identity.checked', { by: last.by })}>
              <Text size="sm">
                <time dateTime={last.at} title={exactTime(last.at)}>
                  {t('identity.at', { when: relativeTime(last.at, Date.now()), at: exactTime(last.at) })}
                </time>
              </Text>
            </Notice>
          ) : (
            <Text size="sm" c="dimmed">
              {t('identity.never')}
            </Text>
          )}
          <Button variant="default" onClick={() => setChecking(true)}>
            {t('identity.check')}
          </Button>
        </Stack>
      )}
      {checking && query.data && <IdentityDialog user={user} asked={query.data} onClose={() => setChecking(false)} />}
    </Panel>
  )
}
