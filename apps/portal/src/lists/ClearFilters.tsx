import { Button } from '@mantine/core'
import { t } from '../texts/t.ts'
import { isFiltered } from './filters.ts'

/** Back to the whole list, once it is filtered. */
export const ClearFilters = ({ search, onClear }: { readonly search: object; readonly onClear: () => void }) =>
  isFiltered(search) && (
    <Button variant="subtle" onClick={onClear}>
      {t('common.clearFilters')}
    </Button>
  )
