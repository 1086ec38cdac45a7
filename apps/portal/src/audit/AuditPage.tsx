import { routes } from 'virtual:contract'
import { Group, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { call } from '../api/call.ts'
import { read } from '../api/read.ts'
import { ClearFilters } from '../lists/ClearFilters.tsx'
import { CsvButton } from '../lists/CsvButton.tsx'
import { FilterSelect } from '../lists/FilterSelect.tsx'
import { FilterText } from '../lists/FilterText.tsx'
import { refined } from '../lists/filters.ts'
import { ListPanel } from '../lists/ListPanel.tsx'
import { pageSize } from '../lists/Pager.tsx'
import { Empty } from '../parts/Empty.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { type AuditSearch, dayRange } from '../searches.ts'
import { t } from '../texts/t.ts'
import { auditAreas, auditColumns, auditCsvHead, auditCsvLine } from './audit-columns.tsx'
import { VerifyAudit } from './VerifyAudit.tsx'

const api = getRouteApi('/signed-in/admin/audit')

/** Who did what, on what, when and why; newest first. */
export const AuditPage = () => {
  const search = api.useSearch()
  const navigate = useNavigate({ from: '/admin/audit' })
  const { page: _, from, to, ...rest } = search
  const filters = { ...rest, ...dayRange(from, to) }
  const query = useQuery({
    ...read(routes.listAudit, { query: { ...filters, limit: pageSize } }),
    placeholderData: keepPreviousData,
  })
  const refine = (change: Partial<AuditSearch>) => void navigate({ search: refined(search, change), replace: true })
  return (
    <>
      <PageHeader
        title={t('audit.title')}
        actions={
          <CsvButton
            fileName="audit.csv"
            head={auditCsvHead}
            line={auditCsvLine}
            load={cursor => call(routes.listAudit, { query: { ...filters, cursor, limit: 200 } })}
          />
        }
      />
      <VerifyAudit />
      <Group mb="md" gap="sm" align="flex-end">
        <FilterText label={t('audit.search')} value={search.q} onChange={q => refine({ q })} />
        <TextInput
          type="date"
          label={t('audit.from')}
          value={from ?? ''}
          max={to}
          onChange={event => refine({ from: event.currentTarget.value || undefined })}
        />
        <TextInput
          type="date"
          label={t('audit.to')}
          value={to ?? ''}
          min={from}
          onChange={event => refine({ to: event.currentTarget.value || undefined })}
        />
        <FilterSelect
          label={t('audit.action')}
          any={t('audit.anyAction')}
          value={search.action}
          choices={auditAreas.map(area => ({ value: area, label: t(`audit.area.${area}`) }))}
          onChange={action => refine({ action })}
        />
        <ClearFilters search={search} onClear={() => void navigate({ search: {}, replace: true })} />
      </Group>
      <ListPanel
        label={t('audit.title')}
        query={query}
        columns={auditColumns}
        rowKey={entry => entry.id}
        place={search}
        onGo={place => void navigate({ search: { ...search, ...place } })}
        empty={<Empty title={t('audit.empty.title')} text={t('audit.empty.text')} />}
      />
    </>
  )
}
