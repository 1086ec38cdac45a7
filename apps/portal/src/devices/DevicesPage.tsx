import { routes } from 'virtual:contract'
import type { Device } from '@cardwright/contract'
import { Group } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { call } from '../api/call.ts'
import { read } from '../api/read.ts'
import { deviceFace } from '../format/device.ts'
import { dayOf } from '../format/time.ts'
import { ClearFilters } from '../lists/ClearFilters.tsx'
import { CsvButton } from '../lists/CsvButton.tsx'
import { FilterSelect } from '../lists/FilterSelect.tsx'
import { FilterText } from '../lists/FilterText.tsx'
import { isFiltered, refined } from '../lists/filters.ts'
import { ListPanel } from '../lists/ListPanel.tsx'
import type { Column } from '../lists/ListTable.tsx'
import { pageSize } from '../lists/Pager.tsx'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { DeviceDrawing } from '../parts/DeviceDrawing.tsx'
import { Empty } from '../parts/Empty.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { StateBadge } from '../parts/StateBadge.tsx'
import { Tag } from '../parts/Tag.tsx'
import { type DevicesSearch, deviceForms, deviceSorts, deviceStates } from '../searches.ts'
import { t } from '../texts/t.ts'

const api = getRouteApi('/signed-in/operator/devices')

const columns: readonly Column<Device>[] = [
  {
    key: 'serial',
    head: t('device.serial'),
    sort: 'serial',
    cell: device => (
      <AnchorLink to="/operator/devices/$deviceId" params={{ deviceId: device.id }} data-row fw={600}>
        {device.serial}
      </AnchorLink>
    ),
  },
  {
    key: 'model',
    long: true,
    head: t('device.model'),
    cell: device => (
      <Group gap={8} wrap="nowrap">
        <DeviceDrawing form={device.form} serial={null} width={32} faded={device.state === 'TERMINATED'} />
        <span>
          {device.model} {device.temporary && <Tag tone="info">{t('device.temporary')}</Tag>}{' '}
          {device.virtual && <Tag tone="info">{t('device.virtual')}</Tag>}
        </span>
      </Group>
    ),
  },
  { key: 'state', head: t('devices.state'), sort: 'state', cell: device => <StateBadge face={deviceFace(device)} /> },
  {
    key: 'user',
    long: true,
    head: t('device.user'),
    cell: device =>
      device.user && (
        <AnchorLink to="/operator/users/$userId" params={{ userId: device.user.id }}>
          {device.user.displayName}
        </AnchorLink>
      ),
  },
  { key: 'policy', long: true, head: t('device.policy'), cell: device => device.policy?.name ?? '' },
  {
    key: 'issued',
    head: t('device.issuedAt'),
    sort: 'issuedAt',
    cell: device => (device.issuedAt ? dayOf(device.issuedAt) : ''),
  },
  { key: 'expires', head: t('devices.expires'), cell: device => (device.expiresAt ? dayOf(device.expiresAt) : '') },
]

const csvHead = [
  t('device.serial'),
  t('device.model'),
  t('devices.state'),
  t('device.user'),
  t('device.policy'),
  t('device.issuedAt'),
  t('devices.expires'),
]
const csvLine = (device: Device) => [
  device.serial,
  device.model,
  deviceFace(device).word,
  device.user?.displayName ?? '',
  device.policy?.name ?? '',
  device.issuedAt ?? '',
  device.expiresAt ?? '',
]

export const DevicesPage = () => {
  const search = api.useSearch()
  const navigate = useNavigate({ from: '/operator/devices' })
  const { page: _, ...filters } = search
  const query = useQuery({
    ...read(routes.listDevices, { query: { ...filters, limit: pageSize } }),
    placeholderData: keepPreviousData,
  })
  const refine = (change: Partial<DevicesSearch>) => void navigate({ search: refined(search, change), replace: true })

  return (
    <>
      <PageHeader
        title={t('devices.title')}
        actions={
          <CsvButton
            fileName="devices.csv"
            head={csvHead}
            line={csvLine}
            load={cursor => call(routes.listDevices, { query: { ...filters, cursor, limit: 200 } })}
          />
        }
      />
      <Group mb="md" gap="sm">
        <FilterText label={t('devices.search')} value={search.q} onChange={q => refine({ q })} />
        <FilterSelect
          aria-label={t('devices.state')}
          any={t('devices.anyState')}
          value={search.state}
          choices={deviceStates.map(state => ({ value: state, label: t(`deviceState.${state}`) }))}
          onChange={state => refine({ state })}
        />
        <FilterSelect
          aria-label={t('devices.form')}
          any={t('devices.anyForm')}
          value={search.form}
          choices={deviceForms.map(form => ({ value: form, label: t(`form.${form}`) }))}
          onChange={form => refine({ form })}
        />
        <ClearFilters search={search} onClear={() => void navigate({ search: {}, replace: true })} />
      </Group>
      <ListPanel
        label={t('devices.title')}
        query={query}
        columns={columns}
        rowKey={device => device.id}
        sort={search.sort ?? 'serial'}
        sorts={deviceSorts}
        onSort={sort => refine({ sort: sort as DevicesSearch['sort'] })}
        place={search}
        onGo={place => void navigate({ search: { ...search, ...place } })}
        empty={
          isFiltered(search) ? (
            <Empty title={t('devices.none.title')} text={t('devices.none.text')} />
          ) : (
            <Empty
              title={t('devices.empty.title')}
              text={t('devices.empty.text')}
              drawing={<DeviceDrawing form="card" serial={null} faded />}
              action={
                <ButtonLink variant="default" to="/operator/users">
                  {t('devices.goUsers')}
                </ButtonLink>
              }
            />
          )
        }
      />
    </>
  )
}
