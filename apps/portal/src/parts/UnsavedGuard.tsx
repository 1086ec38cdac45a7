import { Button, Group, Stack, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { t } from '../texts/t.ts'
import { Dialog } from './Dialog.tsx'

type Props = {
  readonly dirty: boolean
  /** What becomes of the changes, if they are not lost. */
  readonly text?: string
  readonly leave?: string
}

/** Asks before a page with unsaved changes is left, by a link or by closing the tab. */
export const UnsavedGuard = ({ dirty, text = t('unsaved.text'), leave = t('unsaved.leave') }: Props) => {
  const blocker = useBlocker({ shouldBlockFn: () => dirty, enableBeforeUnload: dirty, withResolver: true })
  if (blocker.status !== 'blocked') return null
  return (
    <Dialog
      opened
      onClose={blocker.reset}
      title={t('unsaved.title')}
      closeButtonProps={{ 'aria-label': t('unsaved.stay') }}
    >
      <Stack gap="md">
        <Text>{text}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={blocker.proceed}>
            {leave}
          </Button>
          <Button onClick={blocker.reset} data-autofocus>
            {t('unsaved.stay')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
