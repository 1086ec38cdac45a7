import { Button, Group, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconChevronsLeft } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { t } from '../texts/t.ts'

export const pageSize = 50

type Props = {
  readonly page: number
  readonly cursor: string | undefined
  readonly total: number
  readonly rows: number
  readonly next: string | undefined
  readonly onGo: (page: number, cursor: string | undefined) => void
}

/** Pages of a list that the server cuts by cursor. Earlier cursors are remembered while the list is open. */
export const Pager = ({ page, cursor, total, rows, next, onGo }: Props) => {
  const trail = useRef(new Map<number, string | undefined>([[1, undefined]]))
  useEffect(() => {
    if (page === 1) trail.current = new Map([[1, undefined]])
    else trail.current.set(page, cursor)
  }, [page, cursor])

  const from = (page - 1) * pageSize + 1
  const knowsPrevious = trail.current.has(page - 1)
  return (
    <Group justify="space-between" p="md" gap="sm">
      <Text size="sm" c="dimmed" role="status">
        {t('list.range', { from, to: from + rows - 1, total })}
      </Text>
      {(page > 1 || next !== undefined) && (
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            disabled={page === 1}
            leftSection={knowsPrevious ? <IconChevronLeft size={14} /> : <IconChevronsLeft size={14} />}
            onClick={() => (knowsPrevious ? onGo(page - 1, trail.current.get(page - 1)) : onGo(1, undefined))}
          >
            {knowsPrevious || page === 1 ? t('list.previous') : t('list.first')}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={next === undefined}
            rightSection={<IconChevronRight size={14} />}
            onClick={() => onGo(page + 1, next)}
          >
            {t('list.next')}
          </Button>
        </Group>
      )}
    </Group>
  )
}
