import { routes } from 'virtual:contract'
import type { IssuanceView } from '@cardwright/contract'
import { useQuery } from '@tanstack/react-query'
import { read } from '../api/read.ts'
import { lastFour } from '../format/device.ts'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { Notice } from '../parts/Notice.tsx'
import { t } from '../texts/t.ts'

type Props = { readonly issuanceId: string; readonly serial: string; readonly userName: string }

const sentence = (view: IssuanceView, last: string, user: string): string => {
  const recycle = view.kind === 'RECYCLE'
  if (view.state === 'FAILED') {
    return t(recycle ? 'banner.recycleFailed' : 'banner.failed', { last, what: view.error?.what ?? '' })
  }
  if (view.state === 'WAITING_FOR_PIN') return t('banner.waiting', { last, user })
  return t(recycle ? 'banner.recycle' : 'banner.running', { last })
}

/** An operation that is not finished, with its next step. */
export const OpenIssuanceBanner = ({ issuanceId, serial, userName }: Props) => {
  const { data } = useQuery({
    ...read(routes.getIssuance, { params: { id: issuanceId } }),
    refetchInterval: query => (query.state.data?.state === 'RUNNING' ? 3_000 : false),
  })
  if (!data || data.state === 'COMPLETED' || data.state === 'CANCELLED') return null
  const failed = data.state === 'FAILED'
  return (
    <Notice
      tone={failed ? 'bad' : 'warn'}
      role="status"
      title={sentence(data, lastFour(serial), userName)}
      actions={
        <ButtonLink size="xs" variant="default" to="/operator/issuances/$issuanceId" params={{ issuanceId }}>
          {t(failed ? 'banner.resolve' : 'banner.go')}
        </ButtonLink>
      }
    >
      {failed && data.error?.advice}
    </Notice>
  )
}
