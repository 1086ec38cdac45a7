import { Group, NativeSelect } from '@mantine/core'
import { ClearFilters } from '../lists/ClearFilters.tsx'
import { FilterText } from '../lists/FilterText.tsx'
import { type RequestsSearch, replacementReasons, requestStates, requestTypes } from '../searches.ts'
import { t } from '../texts/t.ts'

type Props = {
  readonly search: RequestsSearch
  readonly onRefine: (change: Partial<RequestsSearch>) => void
  readonly onClear: () => void
}

/** A queue of work has few states; only History and All are filtered by them. */
export const RequestFilters = ({ search, onRefine, onClear }: Props) => (
  <Group mb="md" gap="sm">
    <FilterText label={t('requests.search')} value={search.q} onChange={q => onRefine({ q })} />
    <NativeSelect
      aria-label={t('requests.type')}
      value={search.type ?? ''}
      onChange={event => onRefine({ type: (event.currentTarget.value || undefined) as RequestsSearch['type'] })}
      data={[
        { value: '', label: t('requests.anyType') },
        ...requestTypes.map(value => ({ value, label: t(`requestType.${value}`) })),
      ]}
    />
    <NativeSelect
      aria-label={t('requests.reason')}
      value={search.reason ?? ''}
      onChange={event => onRefine({ reason: (event.currentTarget.value || undefined) as RequestsSearch['reason'] })}
      data={[
        { value: '', label: t('requests.anyReason') },
        ...replacementReasons.map(value => ({ value, label: t(`replaceReason.${value}`) })),
      ]}
    />
    <NativeSelect
      aria-label={t('requests.state')}
      value={search.state ?? ''}
      onChange={event => onRefine({ state: (event.currentTarget.value || undefined) as RequestsSearch['state'] })}
      data={[
        { value: '', label: t('requests.anyState') },
        ...requestStates.map(value => ({ value, label: t(`requestState.${value}`) })),
      ]}
    />
    <ClearFilters search={{ ...search, queue: undefined }} onClear={onClear} />
  </Group>
)
