import { routes } from 'virtual:contract'
import { Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { read } from '../api/read.ts'
import { dayOf } from '../format/time.ts'
import { Copyable } from '../parts/Copyable.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Facts } from '../parts/Facts.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { Panel } from '../parts/Panel.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { Rows } from '../parts/Rows.tsx'
import { t } from '../texts/t.ts'
import css from './Settings.module.css'

const Time = ({ at }: { readonly at: string | null }) => (at ? <RelativeTime at={at} /> : t('authorities.crlNone'))

/** The issuing authorities: how long they last, what they have issued, how fresh their revocation lists are. */
export const AuthoritiesPage = () => {
  const query = useQuery(read(routes.listAuthorities, {}))
  const rows = query.data?.rows
  return (
    <>
      <PageHeader title={t('authorities.title')} />
      {query.isError && (
        <ErrorNotice error={query.error} title={t('error.load')} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && <Rows count={5} height={48} />}
      {rows?.length === 0 && <Text>{t('authorities.empty')}</Text>}
      <Stack gap="lg">
        {rows?.map(authority => (
          <Panel key={authority.id} title={authority.name}>
            <Stack gap="md">
              {authority.crlNextUpdate && Date.parse(authority.crlNextUpdate) < Date.now() && (
                <Notice tone="bad" title={t('authorities.crlLate')} />
              )}
              <dl className={css.numbers}>
                {(['issued', 'onHold', 'revoked'] as const).map(name => (
                  <div key={name}>
                    <dt>{t(`authorities.${name}`)}</dt>
                    <dd>{authority[name].toLocaleString('en')}</dd>
                  </div>
                ))}
              </dl>
              <Facts
                facts={[
                  { name: t('authorities.subject'), value: authority.subject },
                  { name: t('authorities.validUntil'), value: dayOf(authority.notAfter) },
                  {
                    name: t('authorities.crl'),
                    value: (
                      <>
                        {t('authorities.crlNumber', { number: authority.crlNumber })} ·{' '}
                        <Time at={authority.crlThisUpdate} /> → <Time at={authority.crlNextUpdate} />
                      </>
                    ),
                  },
                  {
                    name: t('authorities.crlUrl'),
                    value: <Copyable value={authority.crlUrl} what={t('authorities.crlUrl')} />,
                  },
                  {
                    name: t('authorities.ocspUrl'),
                    value: <Copyable value={authority.ocspUrl} what={t('authorities.ocspUrl')} />,
                  },
                  {
                    name: t('authorities.certificateUrl'),
                    value: <Copyable value={authority.certificateUrl} what={t('authorities.certificateUrl')} />,
                  },
                ]}
              />
            </Stack>
          </Panel>
        ))}
      </Stack>
    </>
  )
}
