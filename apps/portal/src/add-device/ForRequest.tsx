import type { RequestView } from '@cardwright/contract'
import { Text } from '@mantine/core'
import { lastFour } from '../format/device.ts'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { Notice } from '../parts/Notice.tsx'
import { nextOf, whyOf } from '../requests/request-words.ts'
import { t } from '../texts/t.ts'

/** Which request this device is for; one that cannot be executed now says what stands in the way. */
export const ForRequest = ({ request }: { readonly request: RequestView }) => {
  const open = request.state === 'APPROVED'
  const bound = request.newDevice
  return (
    <Notice
      tone={open ? 'info' : 'warn'}
      title={open ? whyOf(request) : t('addDevice.requestEnded')}
      actions={
        <ButtonLink size="xs" variant="default" to="/operator/requests/$requestId" params={{ requestId: request.id }}>
          {t('request.do.open')}
        </ButtonLink>
      }
    >
      {!open && <Text size="sm">{nextOf(request)}</Text>}
      {open && bound && <Text size="sm">{t('addDevice.requestBound', { last: lastFour(bound.serial) })}</Text>}
    </Notice>
  )
}
