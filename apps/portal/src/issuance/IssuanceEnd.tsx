import type { IssuanceView } from '@cardwright/contract'
import { Group } from '@mantine/core'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { Notice } from '../parts/Notice.tsx'
import { t } from '../texts/t.ts'

/** How an operation ended, and the ways on from here. */
export const IssuanceEnd = ({ view }: { readonly view: IssuanceView }) => {
  const done = view.state === 'COMPLETED'
  const user = view.userName ?? t('action.theUser')
  return (
    <Notice tone={done ? 'ok' : 'info'} role="status" title={t(done ? 'issuance.completed' : 'issuance.cancelled')}>
      {!done && view.kind !== 'RECYCLE' && <div>{t('issuance.cancelledText', { user })}</div>}
      {view.notes.map(note => (
        <div key={note.code + note.text}>{note.text}</div>
      ))}
      <Group mt="xs" gap="xs">
        {view.userId && (
          <ButtonLink size="xs" variant="default" to="/operator/users/$userId" params={{ userId: view.userId }}>
            {t('issuance.toUser', { user })}
          </ButtonLink>
        )}
        {view.deviceId && (
          <ButtonLink size="xs" variant="default" to="/operator/devices/$deviceId" params={{ deviceId: view.deviceId }}>
            {t('issuance.toDevice')}
          </ButtonLink>
        )}
      </Group>
    </Notice>
  )
}
