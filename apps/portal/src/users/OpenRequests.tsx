import type { RequestView } from '@cardwright/contract'
import { Text } from '@mantine/core'
import { lastFour } from '../format/device.ts'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { Notice } from '../parts/Notice.tsx'
import { useRequestsOf } from '../requests/RequestsPanel.tsx'
import { isOpen, nextOf, requestFace, whatOf } from '../requests/request-words.ts'
import { t } from '../texts/t.ts'

const headOf = (request: RequestView): string =>
  [whatOf(request), request.device && `…${lastFour(request.device.serial)}`, requestFace(request.state).word]
    .filter(Boolean)
    .join(' · ')

/** What is asked for and not done yet, with its next step and who acts. */
export const OpenRequests = ({ userId }: { readonly userId: string }) =>
  useRequestsOf({ user: userId })
    .data?.rows.filter(isOpen)
    .map(request => (
      <Notice
        key={request.id}
        tone={requestFace(request.state).tone}
        role="status"
        title={headOf(request)}
        actions={
          <ButtonLink size="xs" variant="default" to="/operator/requests/$requestId" params={{ requestId: request.id }}>
            {t('request.do.open')}
          </ButtonLink>
        }
      >
        <Text size="sm">{nextOf(request)}</Text>
      </Notice>
    ))
