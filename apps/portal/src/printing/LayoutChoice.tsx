import { Stack } from '@mantine/core'
import { ChoiceCard } from '../add-device/ChoiceCard.tsx'
import { ChoiceGroup } from '../add-device/ChoiceGroup.tsx'
import { Empty } from '../parts/Empty.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Rows } from '../parts/Rows.tsx'
import { Tag } from '../parts/Tag.tsx'
import { t } from '../texts/t.ts'
import { CardSides } from './CardSides.tsx'
import type { useLayouts } from './use-layouts.ts'

type Props = {
  readonly layouts: ReturnType<typeof useLayouts>
  readonly onChange: (layoutId: string) => void
}

/** The layouts of the user's groups, with the chosen one as it will be printed (P-3). */
export const LayoutChoice = ({ layouts, onChange }: Props) => {
  const { query, rows, chosen, picture } = layouts
  if (query.isError) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
  if (query.isPending) return <Rows count={2} height={48} />
  if (rows.length === 0) return <Empty title={t('print.noLayout.title')} text={t('print.noLayout.text')} />
  return (
    <Stack gap="md">
      <ChoiceGroup label={t('print.layouts')} value={chosen?.id ?? null} onChange={onChange}>
        <Stack gap="xs">
          {rows.map(row => (
            <ChoiceCard
              key={row.id}
              value={row.id}
              title={
                <>
                  {row.name} <Tag>{t(row.twoSided ? 'print.twoSided' : 'print.oneSided')}</Tag>
                </>
              }
              text={row.description}
            />
          ))}
        </Stack>
      </ChoiceGroup>
      {chosen && <CardSides query={picture} name={chosen.name} twoSided={chosen.twoSided} />}
    </Stack>
  )
}
