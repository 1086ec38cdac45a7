import { routes } from 'virtual:contract'
import type { LifecycleSettings } from '@cardwright/contract'
import { SimpleGrid, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { read } from '../api/read.ts'
import { Amount } from '../parts/Amount.tsx'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { DraftForm } from '../parts/DraftForm.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { useDraft } from '../parts/use-draft.ts'
import { t } from '../texts/t.ts'
import { RevocationReasons } from './RevocationReasons.tsx'
import { SeparationOfDuties } from './Separation.tsx'

type Props = {
  readonly start: LifecycleSettings
  readonly readOnly: boolean
  /** Saves, and gives what to do once the form has let go of its unsaved changes. */
  readonly onSave: (settings: LifecycleSettings) => Promise<() => void>
  readonly onReload: () => void
}

export const LifecycleForm = ({ start, readOnly, onSave, onReload }: Props) => {
  const { draft, change, ...form } = useDraft(start, onSave)
  const authorities = useQuery(read(routes.listAuthorities, {}))
  return (
    <DraftForm {...form} readOnly={readOnly} onReload={onReload}>
      <Panel title={t('lifecycle.devices')}>
        <Text>
          {t('lifecycle.inOptions')}{' '}
          <AnchorLink to="/admin/option-scripts" underline="always">
            {t('lifecycle.toOptions')}
          </AnchorLink>
        </Text>
      </Panel>
      <Panel title={t('lifecycle.requests')}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Amount
            label={t('lifecycle.requestDays')}
            description={t('lifecycle.requestDays.hint')}
            value={draft.requestDays}
            min={1}
            max={365}
            onChange={requestDays => change({ requestDays })}
          />
        </SimpleGrid>
      </Panel>
      <SeparationOfDuties value={draft.separation} onChange={separation => change({ separation })} />
      {authorities.isError && (
        <ErrorNotice error={authorities.error} title={t('error.load')} onRetry={() => void authorities.refetch()} />
      )}
      {authorities.data?.rows.length === 0 && <Text c="dimmed">{t('lifecycle.noAuthority')}</Text>}
      {authorities.data?.rows.map(authority => (
        <RevocationReasons
          key={authority.id}
          authority={authority}
          reasons={draft.revocationReasons}
          onChange={revocationReasons => change({ revocationReasons })}
        />
      ))}
    </DraftForm>
  )
}
