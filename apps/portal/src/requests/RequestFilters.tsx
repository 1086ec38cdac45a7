import { Group } from '@mantine/core'
import { ClearFilters } from '../lists/ClearFilters.tsx'
import { FilterSelect } from '../lists/FilterSelect.tsx'
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
    <FilterSelect
      aria-label={t('requests.type')}
      any={t('requests.anyType')}
      value={search.type}
      choices={requestTypes.map(value => ({ value, label: t(`requestType.${value}`) }))}
      onChange={type => onRefine({ type })}
    />
    <FilterSelect
      aria-label={t('requests.reason')}
      any={t('requests.anyReason')}
      value={search.reason}
      choices={replacementReasons.map(value => ({ value, label: t(`replaceReason.${value}`) }))}
      onChange={reason => onRefine({ reason })}
    />
    <FilterSelect
      aria-label={t('requests.state')}
      any={t('requests.anyState')}
      value={search.state}
      choices={requestStates.map(value => ({ value, label: t(`requestState.${value}`) }))}
      onChange={state => onRefine({ state })}
    />
    <ClearFilters search={{ ...search, queue: undefined }} onClear={onClear} />
  </Group>
)
