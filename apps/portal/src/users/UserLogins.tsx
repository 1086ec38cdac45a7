import { routes } from 'virtual:contract'
import type { LoginMethod, UserLogins as Logins, User } from '@cardwright/contract'
import { Button, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { read } from '../api/read.ts'
import { useMay, useSession } from '../api/session.ts'
import { lastFour } from '../format/device.ts'
import { dayOf, relativeTime } from '../format/time.ts'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Facts } from '../parts/Facts.tsx'
import { Notice } from '../parts/Notice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { Rows } from '../parts/Rows.tsx'
import { t } from '../texts/t.ts'
import { ResetLoginDialog } from './ResetLoginDialog.tsx'

type Password = Logins['initialPasswords'][number]

/** What became of an initial password, in the fewest words. */
const passwordWords = ({ serial, usedAt, expired, expiresAt }: Password): string => {
  const last = lastFour(serial)
  if (usedAt) return t('logins.used', { last, day: dayOf(usedAt) })
  return t(expired ? 'logins.expired' : 'logins.openUntil', { last, day: dayOf(expiresAt) })
}

/** How a user can log in to the User portal, for the Help desk: what is locked comes first (U-8). */
export const UserLogins = ({ user }: { readonly user: User }) => {
  const may = useMay()
  const { operator } = useSession()
  const [reset, setReset] = useState<LoginMethod | null>(null)
  const query = useQuery(read(routes.userLogins, { params: { id: user.id } }))
  const mayReset = may(routes.resetUserLogin.access)
  const reason = t('common.notPermitted', { role: operator.role.name })
  const resetButton = (method: LoginMethod, label: string) => (
    <Button
      size="xs"
      variant="default"
      mt={6}
      disabled={!mayReset}
      title={mayReset ? undefined : reason}
      onClick={() => setReset(method)}
    >
      {label}
    </Button>
  )
  const logins = query.data
  const lockedQuestions = logins?.locked.some(lock => lock.method === 'SECURITY_QUESTIONS') ?? false
  return (
    <Panel title={t('logins.title')}>
      {query.isPending && <Rows count={3} />}
      {query.isError && (
        <ErrorNotice error={query.error} title={t('error.load')} onRetry={() => void query.refetch()} />
      )}
      {logins && (
        <Stack gap="md">
          {logins.locked.map(({ method, since }) => (
            <Notice key={method} tone="bad" title={t(`logins.locked.${method}`)}>
              <Text size="sm">{t('logins.lockedSince', { when: relativeTime(since, Date.now()) })}</Text>
              {resetButton(method, t('logins.reset'))}
              {!mayReset && (
                <Text size="xs" mt={4}>
                  {reason}
                </Text>
              )}
            </Notice>
          ))}
          <Facts
            facts={[
              {
                name: t('logins.initialPasswords'),
                value:
                  logins.initialPasswords.length === 0
                    ? t('logins.noneOpen')
                    : logins.initialPasswords.map(password => (
                        <div key={`${password.deviceId} ${password.createdAt}`}>{passwordWords(password)}</div>
                      )),
              },
              {
                name: t('logins.questions'),
                value: logins.questionsSetAt ? (
                  <>
                    <div>{t('logins.questionsSet', { when: relativeTime(logins.questionsSetAt, Date.now()) })}</div>
                    {!lockedQuestions && resetButton('SECURITY_QUESTIONS', t('logins.resetAnswers'))}
                  </>
                ) : (
                  t('logins.questionsNone')
                ),
              },
            ]}
          />
        </Stack>
      )}
      {reset && <ResetLoginDialog user={user} method={reset} onClose={() => setReset(null)} />}
    </Panel>
  )
}
