import { routes } from 'virtual:contract'
import type { RequestView } from '@cardwright/contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { read } from '../api/read.ts'
import { useSubmit } from '../api/use-submit.ts'
import { lastFour } from '../format/device.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { NoteField } from '../parts/NoteField.tsx'
import { t } from '../texts/t.ts'
import { ChangedMeanwhile } from './ChangedMeanwhile.tsx'
import { RequestSummary } from './RequestSummary.tsx'
import { mayDo } from './request-words.ts'
import { useRequestChanged } from './use-request-changed.ts'

export type Decision = 'approve' | 'deny' | 'cancel'

const decisionRoutes = {
  approve: routes.approveRequest,
  deny: routes.denyRequest,
  cancel: routes.cancelRequest,
} as const

type Props = {
  /** As it is now; what was seen when the dialog opened is kept beside it. */
  readonly request: RequestView
  readonly decision: Decision
  readonly onDone?: () => Promise<void>
  readonly onClose: () => void
}

/** What a denial or a cancellation undoes. */
const undone = (request: RequestView): string[] => {
  const { device, newDevice, user } = request
  const lines: string[] = []
  if (device && device.state === 'INVALID') lines.push(t('decide.restores', { last: lastFour(device.serial) }))
  if (newDevice?.state === 'ASSIGNED') {
    lines.push(t('decide.unbinds', { last: lastFour(newDevice.serial), user: user.displayName }))
  }
  if (request.state === 'FAILED' && newDevice) lines.push(t('decide.givesUp', { last: lastFour(newDevice.serial) }))
  if (!device) lines.push(t('decide.cancel.ISSUANCE', { user: user.displayName }))
  return lines
}

/** Approve, deny or cancel: nobody decides on something other than what they saw. */
export const DecideDialog = ({ request, decision, onDone, onClose }: Props) => {
  const [seen, setSeen] = useState(request)
  const [note, setNote] = useState('')
  const client = useQueryClient()
  const changed = useRequestChanged()
  const { submit, pending, error, clear } = useSubmit(async () => {
    const params = { id: seen.id }
    const route = decisionRoutes[decision]
    const options = read(routes.getRequest, { params })
    const next = await call(route, { params, body: { version: seen.version, note: note.trim() } }).catch(
      async thrown => {
        // Whoever was too late is shown what there is now, with what they typed kept.
        await client.refetchQueries({ queryKey: options.queryKey })
        await changed()
        throw thrown
      },
    )
    client.setQueryData(options.queryKey, next)
    onClose()
    notifications.show({ message: t(`decide.${decision}.done`, { user: seen.user.displayName }), color: 'teal' })
    await changed()
    await onDone?.()
  })

  const stale = request.version !== seen.version
  const possible = mayDo(request, decision)
  const ready = !stale && possible && (decision !== 'deny' || note.trim() !== '')
  return (
    <Dialog
      opened
      onClose={onClose}
      size="lg"
      title={t(`decide.${decision}.title`)}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        onSubmit={event => {
          event.preventDefault()
          if (ready) void submit(undefined)
        }}
      >
        <Stack gap="md">
          <RequestSummary request={request} />
          {decision !== 'approve' && undone(request).map(line => <Text key={line}>{line}</Text>)}
          {decision === 'cancel' && <Text c="dimmed">{t('decide.cancel.history')}</Text>}
          <NoteField
            label={t(decision === 'deny' ? 'decide.deny.reason' : 'decide.note')}
            optional={decision !== 'deny'}
            description={
              decision === 'deny' ? t('decide.deny.reasonHint', { user: request.user.displayName }) : undefined
            }
            required={decision === 'deny'}
            withAsterisk={false}
            value={note}
            onChange={setNote}
            data-autofocus
          />
          {stale && (
            <ChangedMeanwhile
              request={request}
              decision={decision}
              onSeen={() => {
                clear()
                setSeen(request)
              }}
            />
          )}
          {error && !stale && <ErrorNotice error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t(decision === 'cancel' ? 'decide.cancel.keep' : 'common.cancel')}
            </Button>
            <Button
              type="submit"
              color={decision === 'approve' ? undefined : 'red'}
              loading={pending}
              disabled={!ready}
            >
              {t(`decide.${decision}.do`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
