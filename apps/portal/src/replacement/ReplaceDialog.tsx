import { routes } from 'virtual:contract'
import type { Device } from '@cardwright/contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { read } from '../api/read.ts'
import { useSubmit } from '../api/use-submit.ts'
import { lastFour } from '../format/device.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { NoteField } from '../parts/NoteField.tsx'
import { Rows } from '../parts/Rows.tsx'
import { SaveError } from '../parts/SaveError.tsx'
import { useRequestChanged } from '../requests/use-request-changed.ts'
import { t } from '../texts/t.ts'
import { Consequences } from './Consequences.tsx'
import { FittingPolicies } from './FittingPolicies.tsx'
import { blankIncident, chosenReason, chosenWorkflow, lackingIncident } from './incident.ts'
import { ReasonChoice } from './ReasonChoice.tsx'
import { WorkflowChoice } from './WorkflowChoice.tsx'

type Props = { readonly device: Device; readonly onClose: () => void }

/**
 * Declare an incident: what happened, how the new device is issued, and what that does, told before it is done. Whoever was
 * too late loads what there is now, and finds here what they had typed.
 */
export const ReplaceDialog = ({ device, onClose }: Props) => {
  const navigate = useNavigate()
  const changed = useRequestChanged()
  const [draft, setDraft] = useState(blankIncident)
  const query = useQuery({
    ...read(routes.replacementOptions, { params: { id: device.id } }),
    staleTime: 0,
    refetchOnWindowFocus: false,
  })
  const options = query.data
  const reason = options && chosenReason(options, draft)
  const workflow = options && chosenWorkflow(options, draft)
  const lacking = options ? lackingIncident(options, draft) : null
  const user = device.user?.displayName ?? t('action.theUser')

  const { submit, pending, error, clear } = useSubmit(async (_: undefined, idempotencyKey) => {
    if (!options || !reason || !workflow) return
    const request = await call(routes.requestReplacement, {
      params: { id: device.id },
      body: { version: device.version, reason: reason.reason, workflow: workflow.workflow, note: draft.note.trim() },
      idempotencyKey,
    })
    onClose()
    notifications.show({
      message: t('incident.done', { last: lastFour(request.device?.serial ?? device.serial) }),
      color: 'teal',
    })
    await navigate({ to: '/operator/requests/$requestId', params: { requestId: request.id } })
    await changed()
  })

  return (
    <Dialog
      opened
      onClose={onClose}
      size="xl"
      title={t('incident.title', { last: lastFour(device.serial), user })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {query.isPending && <Rows count={6} height={40} />}
      {query.isError && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      {options && (
        <form
          onSubmit={event => {
            event.preventDefault()
            if (lacking === null) void submit(undefined)
          }}
        >
          <Stack gap="lg">
            <ReasonChoice
              options={options}
              value={draft.reason}
              onChange={value => setDraft({ ...draft, reason: value })}
            />
            {reason && (
              <>
                <WorkflowChoice
                  options={options}
                  user={user}
                  value={workflow?.workflow ?? null}
                  onChange={value => setDraft({ ...draft, workflow: value })}
                />
                <FittingPolicies policies={reason.policies} />
                <NoteField
                  label={t('incident.note')}
                  optional
                  value={draft.note}
                  onChange={note => setDraft({ ...draft, note })}
                />
                <Consequences device={device} options={options} reason={reason} />
              </>
            )}
            {error && (
              <SaveError
                error={error}
                onReload={() => {
                  clear()
                  void changed()
                }}
              />
            )}
            <Group justify="flex-end" gap="md">
              <Text size="sm" c="dimmed" role="status">
                {lacking ? t(lacking) : ''}
              </Text>
              <Button variant="default" onClick={onClose}>
                {t('common.cancel')}
              </Button>
              <Button type="submit" color="red" loading={pending} disabled={lacking !== null}>
                {t('incident.do')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Dialog>
  )
}
