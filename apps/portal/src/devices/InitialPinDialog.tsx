import { routes } from 'virtual:contract'
import type { Device } from '@cardwright/contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Notice } from '../parts/Notice.tsx'
import { t } from '../texts/t.ts'
import css from './InitialPinDialog.module.css'

type Props = { readonly device: Device; readonly opened: boolean; readonly onClose: () => void }

/**
 * Get Initial PIN (I-10): asked for explicitly, shown until the window is closed. The PIN lives in this component's
 * state alone, and closing forgets it.
 */
export const InitialPinDialog = ({ device, opened, onClose }: Props) => {
  const [answer, setAnswer] = useState<{ readonly pin: string | null } | null>(null)
  const { submit, pending, error } = useSubmit(async () =>
    setAnswer(await call(routes.initialPin, { params: { id: device.id } })),
  )
  const close = () => {
    setAnswer(null)
    onClose()
  }
  const user = device.user?.displayName ?? t('action.theUser')
  return (
    <Dialog
      opened={opened}
      onClose={close}
      title={t('initialPin.title')}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        {answer === null && <Text>{t('initialPin.text')}</Text>}
        {error && <ErrorNotice error={error} />}
        <div role="status">
          {answer?.pin && (
            <>
              <Text size="sm" c="dimmed">
                {t('initialPin.label')}
              </Text>
              <div className={css.pin} translate="no">
                {answer.pin}
              </div>
              <Text>{t('initialPin.shown', { user })}</Text>
            </>
          )}
          {answer && answer.pin === null && (
            <Notice tone="info" title={t('initialPin.gone')}>
              {t('initialPin.goneText')}
            </Notice>
          )}
        </div>
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('common.close')}
          </Button>
          {answer === null && (
            <Button loading={pending} onClick={() => void submit(undefined)} data-autofocus>
              {t('initialPin.show')}
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  )
}
