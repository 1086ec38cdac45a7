import { routes } from 'virtual:contract'
import type { IssuanceView } from '@cardwright/contract'
import { Button, CopyButton, Group, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { read } from '../api/read.ts'
import { useMay } from '../api/session.ts'
import { useSubmit } from '../api/use-submit.ts'
import { RecycleDialog } from '../devices/RecycleDialog.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Facts } from '../parts/Facts.tsx'
import { t } from '../texts/t.ts'
import { failureReport } from './progress-of.ts'

type Props = {
  readonly view: IssuanceView
  readonly opened: boolean
  readonly onClose: () => void
  readonly onCancelled: (view: IssuanceView) => void
}

/** What happened, at which step, what to do; Copy details, Retry, Cancel (I-12 … I-15). Nothing can be edited. */
export const FailureDialog = ({ view, opened, onClose, onCancelled }: Props) => {
  const client = useQueryClient()
  const may = useMay()
  const recycle = view.kind === 'RECYCLE'
  const [again, setAgain] = useState(false)
  const params = { id: view.id }
  const retry = useSubmit(async () => {
    const next = await call(routes.retryIssuance, { params, body: {} })
    client.setQueryData(read(routes.getIssuance, { params }).queryKey, next)
  })
  const cancel = useSubmit(async () => onCancelled(await call(routes.cancelIssuance, { params })))
  const { error } = view
  if (error === null) return null

  // Help desk may recycle but not issue, and Retry belongs to issuing: it starts the recycle afresh.
  const mayRetry = may(routes.startIssuance.access)
  const user = view.userName ?? t('action.theUser')
  return (
    <>
      <Dialog
        opened={opened && !again}
        onClose={onClose}
        size="lg"
        closeOnClickOutside={false}
        title={t(`failure.title.${view.kind}`)}
        closeButtonProps={{ 'aria-label': t('failure.later') }}
      >
        <Stack gap="md">
          <Facts
            facts={[
              { name: t('failure.what'), value: error.what },
              { name: t('failure.step'), value: error.step },
              { name: t('failure.advice'), value: <strong>{error.advice}</strong> },
            ]}
          />
          <Text size="sm" c="dimmed">
            {recycle ? t('failure.sameRecycle') : `${t('failure.same')} ${t('failure.cancelText', { user })}`}
          </Text>
          <details>
            <summary>{t('failure.details')}</summary>
            <Text component="pre" size="xs" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {failureReport(view)}
            </Text>
          </details>
          {(retry.error ?? cancel.error) && <ErrorNotice error={retry.error ?? cancel.error} />}
          <Group justify="space-between">
            <CopyButton value={failureReport(view)}>
              {({ copied, copy }) => (
                <Button variant="subtle" onClick={copy}>
                  {copied ? t('common.copied') : t('failure.copy')}
                </Button>
              )}
            </CopyButton>
            <Group>
              {recycle ? (
                <Button variant="default" onClick={onClose}>
                  {t('failure.later')}
                </Button>
              ) : (
                <Button
                  variant="default"
                  loading={cancel.pending}
                  disabled={retry.pending}
                  onClick={() => {
                    retry.clear()
                    void cancel.submit(undefined)
                  }}
                >
                  {t('failure.cancel')}
                </Button>
              )}
              <Button
                data-autofocus
                loading={retry.pending}
                disabled={cancel.pending}
                onClick={() => {
                  cancel.clear()
                  if (recycle && !mayRetry) setAgain(true)
                  else void retry.submit(undefined)
                }}
              >
                {t('failure.retry')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </Dialog>
      {again && view.deviceId && (
        <RecycleDialog
          device={{ id: view.deviceId, serial: view.serial, state: 'PRODUCED', user: null }}
          onClose={() => setAgain(false)}
        />
      )}
    </>
  )
}
