import { routes } from 'virtual:contract'
import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ChoiceCard } from '../add-device/ChoiceCard.tsx'
import { call } from '../api/call.ts'
import { read } from '../api/read.ts'
import { useSubmit } from '../api/use-submit.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { NoteField } from '../parts/NoteField.tsx'
import { Rows } from '../parts/Rows.tsx'
import { t } from '../texts/t.ts'
import { useRequestChanged } from './use-request-changed.ts'

type Props = {
  readonly user: { readonly id: string; readonly displayName: string }
  /** The policy that is chosen already. */
  readonly policyId?: string
  readonly onClose: () => void
}

/** Asks for an issuance that somebody else has to approve; a policy that is asked for already leads to that request. */
export const RequestIssuanceDialog = ({ user, policyId, onClose }: Props) => {
  const navigate = useNavigate()
  const changed = useRequestChanged()
  const [chosen, setChosen] = useState<string | null>(policyId ?? null)
  const [note, setNote] = useState('')
  const query = useQuery(read(routes.issuanceRequestOptions, { params: { id: user.id } }))
  const policies = query.data?.policies ?? []
  const free = policies.filter(policy => policy.openRequestId === null)
  const policy = free.find(one => one.id === chosen) ?? (free.length === 1 && chosen === null ? free[0] : undefined)
  const { submit, pending, error } = useSubmit(async (id: string, idempotencyKey) => {
    const request = await call(routes.requestIssuance, {
      params: { id: user.id },
      body: { policyId: id, note: note.trim() },
      idempotencyKey,
    })
    onClose()
    const done = request.state === 'APPROVED' ? 'requestIssuance.doneAtOnce' : 'requestIssuance.done'
    notifications.show({ message: t(done, { user: user.displayName }), color: 'teal' })
    await navigate({ to: '/operator/requests/$requestId', params: { requestId: request.id } })
    await changed()
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      size="lg"
      title={t('requestIssuance.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        {query.data && (
          <Text>
            {t(query.data.needsApproval ? 'requestIssuance.text' : 'requestIssuance.textAtOnce', {
              user: user.displayName,
            })}
          </Text>
        )}
        {query.isPending && <Rows count={3} height={40} />}
        {query.isError && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
        {policies.length > 0 && (
          <Radio.Group label={t('requestIssuance.policy')} value={policy?.id ?? null} onChange={setChosen}>
            <Stack gap="xs" mt="xs">
              {policies.map(({ id, name, description, openRequestId }) => (
                <div key={id}>
                  <ChoiceCard
                    value={id}
                    title={name}
                    text={openRequestId ? t('requestIssuance.open') : description}
                    disabled={openRequestId !== null}
                  />
                  {openRequestId && (
                    <AnchorLink to="/operator/requests/$requestId" params={{ requestId: openRequestId }} size="sm">
                      {t('request.do.open')}
                    </AnchorLink>
                  )}
                </div>
              ))}
            </Stack>
          </Radio.Group>
        )}
        <NoteField label={t('requestIssuance.note')} optional value={note} onChange={setNote} />
        {error && <ErrorNotice error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button disabled={!policy} loading={pending} onClick={() => policy && void submit(policy.id)}>
            {t('requestIssuance.do')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
