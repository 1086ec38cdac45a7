import { routes } from 'virtual:contract'
import type { IssuanceView } from '@cardwright/contract'
import { Button, Group } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { useDeviceChanged } from '../devices/use-device-changed.ts'
import { lastFour } from '../format/device.ts'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Notice } from '../parts/Notice.tsx'
import { t } from '../texts/t.ts'
import { printTries } from './print-tries.ts'

type Props = {
  readonly view: IssuanceView
  readonly deviceId: string
  readonly order: { readonly layoutId: string; readonly printerId: string }
  /** The end of the encoding was seen here: the print follows by itself. A page opened later asks first. */
  readonly atOnce: boolean
}

/** Between encoding and printing. A print that does not begin loses nothing: the card is Pending (P-4, P-7). */
export const StartPrint = ({ view, deviceId, order, atOnce }: Props) => {
  const navigate = useNavigate()
  const changed = useDeviceChanged()
  const [attempt] = useState(() => printTries(view.id))
  const { submit, pending, error } = useSubmit(async (_: undefined, name) => {
    const job = await attempt({ name, openedLater: !atOnce }, idempotencyKey =>
      call(routes.startPrint, { body: { deviceId, ...order }, idempotencyKey }),
    )
    void changed()
    await navigate({ to: '/operator/print-jobs/$jobId', params: { jobId: job.id }, replace: true })
  })
  useEffect(() => {
    if (atOnce) void submit(undefined)
  }, [atOnce, submit])

  const waits = atOnce && error === null
  return (
    <>
      {error && <ErrorNotice error={error} title={t('print.notStarted')} />}
      <Notice tone={waits ? 'info' : 'warn'} role="status" title={t(waits ? 'print.starting' : 'print.encoded')}>
        {t('print.encodedText', { last: lastFour(view.serial), user: view.userName ?? t('action.theUser') })}
        {!waits && (
          <Group mt="xs" gap="xs">
            <Button size="xs" loading={pending} onClick={() => void submit(undefined)}>
              {t(error ? 'print.again' : 'print.do')}
            </Button>
            {view.userId && (
              <ButtonLink size="xs" variant="default" to="/operator/users/$userId" params={{ userId: view.userId }}>
                {t('print.later')}
              </ButtonLink>
            )}
          </Group>
        )}
      </Notice>
    </>
  )
}
