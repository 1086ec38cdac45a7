import { Text } from '@mantine/core'
import { t } from '../texts/t.ts'
import { DifferenceList } from './DifferenceList.tsx'
import type { Difference } from './difference.ts'

type Props = { readonly version: number; readonly list: readonly Difference[] }

/** What a draft would change in the version that is published. */
export const DraftChanges = ({ version, list }: Props) => (
  <div role="status">
    <Text size="sm" c="dimmed">
      {t(list.length === 0 ? 'versions.noDifferences' : 'versions.differences', { version })}
    </Text>
    <DifferenceList list={list} />
  </div>
)
