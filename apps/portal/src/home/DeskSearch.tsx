import { routes } from 'virtual:contract'
import type { searchHit } from '@cardwright/contract'
import { Button, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { z } from 'zod'
import { read } from '../api/read.ts'
import { FilterSelect } from '../lists/FilterSelect.tsx'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { type DevicesSearch, deviceForms, deviceStates } from '../searches.ts'
import { t } from '../texts/t.ts'
import css from './Home.module.css'

type Hit = z.infer<typeof searchHit>

const Hits = ({ label, hits }: { readonly label: string; readonly hits: readonly Hit[] }) => {
  if (hits.length === 0) return null
  return (
    <section aria-label={label}>
      <Text fw={650} size="sm" mb={4}>
        {label}
      </Text>
      <ul className={css.operations}>
        {hits.map(({ id, kind, title, subtitle }) => (
          <li key={id}>
            {kind === 'user' ? (
              <AnchorLink to="/operator/users/$userId" params={{ userId: id }} fw={600}>
                {title}
              </AnchorLink>
            ) : (
              <AnchorLink to="/operator/devices/$deviceId" params={{ deviceId: id }} fw={600}>
                {title}
              </AnchorLink>
            )}
            <Text size="sm" c="dimmed">
              {subtitle}
            </Text>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Where a call begins: a name or a serial number leads to the person; a state and a type lead to the list of devices. */
export const DeskSearch = () => {
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [devices, setDevices] = useState<Pick<DevicesSearch, 'state' | 'form'>>({})
  const [q] = useDebouncedValue(text.trim(), 150)
  const query = useQuery({
    ...read(routes.search, { query: { q } }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  })
  const hits = q === '' ? [] : (query.data?.hits ?? [])
  const settled = q === text.trim() && !query.isFetching
  const only = settled && hits.length === 1 ? hits[0] : undefined

  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (only?.kind === 'user') void navigate({ to: '/operator/users/$userId', params: { userId: only.id } })
    else if (only) void navigate({ to: '/operator/devices/$deviceId', params: { deviceId: only.id } })
  }
  return (
    <Panel title={t('home.desk.title')}>
      <Stack gap="md">
        <search>
          <form onSubmit={onSubmit}>
            <TextInput
              size="lg"
              label={t('home.desk.label')}
              autoComplete="off"
              spellCheck={false}
              maxLength={120}
              value={text}
              leftSection={<IconSearch size={20} aria-hidden />}
              onChange={event => setText(event.currentTarget.value)}
            />
          </form>
        </search>
        <Text size="sm" c="dimmed" role="status">
          {q !== '' && settled
            ? hits.length === 0
              ? t('search.nothing', { q })
              : t('search.hits', { count: hits.length })
            : ''}
        </Text>
        {query.isError && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
        {hits.length > 0 && (
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
            <Hits label={t('home.desk.users')} hits={hits.filter(hit => hit.kind === 'user')} />
            <Hits label={t('home.desk.devices')} hits={hits.filter(hit => hit.kind === 'device')} />
          </SimpleGrid>
        )}
        <form
          onSubmit={event => {
            event.preventDefault()
            void navigate({ to: '/operator/devices', search: { ...devices, ...(q === '' ? {} : { q }) } })
          }}
        >
          <Group align="flex-end" gap="sm">
            <FilterSelect
              label={t('home.desk.state')}
              any={t('devices.anyState')}
              value={devices.state}
              choices={deviceStates.map(state => ({ value: state, label: t(`deviceState.${state}`) }))}
              onChange={state => setDevices({ ...devices, state })}
            />
            <FilterSelect
              label={t('home.desk.form')}
              any={t('devices.anyForm')}
              value={devices.form}
              choices={deviceForms.map(form => ({ value: form, label: t(`form.${form}`) }))}
              onChange={form => setDevices({ ...devices, form })}
            />
            <Button type="submit" variant="default">
              {t('home.desk.list')}
            </Button>
          </Group>
        </form>
      </Stack>
    </Panel>
  )
}
