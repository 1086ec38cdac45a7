import { Skeleton, Stack } from '@mantine/core'
import { t } from '../texts/t.ts'

/** Skeleton of a list or page while it loads; keeps the height so that nothing jumps. */
export const Rows = ({ count = 4, height = 20 }: { readonly count?: number; readonly height?: number }) => (
  <Stack gap="sm" role="status" aria-label={t('common.loading')}>
    {Array.from({ length: count }, (_, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: identical placeholders that never move
      <Skeleton key={index} height={height} />
    ))}
  </Stack>
)
