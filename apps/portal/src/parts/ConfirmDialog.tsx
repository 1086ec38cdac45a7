import { Button, Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ApiError } from '../api/api-error.ts'
import { t } from '../texts/t.ts'
import { Dialog } from './Dialog.tsx'
import { SaveError } from './SaveError.tsx'

type Props = {
  readonly opened: boolean
  readonly title: string
  /** What will happen to the person. */
  readonly text?: string
  readonly children?: ReactNode
  readonly verb: string
  readonly danger?: boolean
  readonly ready?: boolean
  readonly pending: boolean
  readonly error: ApiError | null
  readonly onConfirm: () => void
  readonly onClose: () => void
  readonly onReload?: () => void
}

/** Says what will happen, then asks. */
export const ConfirmDialog = (props: Props) => (
  <Dialog
    opened={props.opened}
    onClose={props.onClose}
    title={props.title}
    closeButtonProps={{ 'aria-label': t('common.close') }}
  >
    <form
      onSubmit={event => {
        event.preventDefault()
        if (props.ready !== false) props.onConfirm()
      }}
    >
      <Stack gap="md">
        {props.text && <Text>{props.text}</Text>}
        {props.children}
        {props.error && <SaveError error={props.error} onReload={props.onReload ?? props.onClose} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            type="submit"
            color={props.danger ? 'red' : undefined}
            loading={props.pending}
            disabled={props.ready === false}
          >
            {props.verb}
          </Button>
        </Group>
      </Stack>
    </form>
  </Dialog>
)
