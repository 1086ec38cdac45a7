import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import { type ReactNode, useRef } from 'react'
import { Rows } from '../parts/Rows.tsx'
import { t } from '../texts/t.ts'
import css from './ListTable.module.css'
import { sortDirection, toggledSort } from './sort.ts'
import { useRowKeys } from './use-row-keys.ts'

export type Column<Row> = {
  readonly key: string
  readonly head: string
  readonly cell: (row: Row) => ReactNode
  /** Name that the server sorts by; without it the column does not sort. */
  readonly sort?: string
  readonly align?: 'end'
  /** Names, addresses, sentences: may break over lines. Without it a cell stays on one line. */
  readonly long?: true
  /** Only where there is room for it: on very wide and on narrow, stacked screens. */
  readonly spare?: true
}

type Props<Row> = {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[] | undefined
  readonly rowKey: (row: Row) => string
  readonly empty: ReactNode
  readonly sort?: string
  /** Which sort orders the server knows; others are not offered. */
  readonly sorts?: readonly string[]
  readonly onSort?: (sort: string) => void
  readonly stale?: boolean
  /** Rows that are still shown but count no more. */
  readonly gone?: (row: Row) => boolean
}

const cellClass = <Row,>({ align, long, spare }: Column<Row>): string =>
  [align === 'end' ? css.end : '', long ? css.long : '', spare ? css.spare : ''].filter(Boolean).join(' ')

/**
 * A table with keyboard rows: j and k move between the links marked `data-row`, Enter opens. Narrow screens show each row
 * as a block with the column's name before each value.
 */
export const ListTable = <Row,>({
  label,
  columns,
  rows,
  rowKey,
  empty,
  sort,
  sorts = [],
  onSort,
  stale,
  gone,
}: Props<Row>) => {
  const table = useRef<HTMLTableElement>(null)
  useRowKeys(table)
  if (rows === undefined) {
    return (
      <div className={css.loading}>
        <Rows count={8} height={28} />
      </div>
    )
  }
  if (rows.length === 0) return empty
  return (
    <div className={css.scroll}>
      <table ref={table} className={css.table} aria-label={label} aria-busy={stale || undefined}>
        <thead>
          <tr>
            {columns.map(column => {
              const direction = column.sort ? sortDirection(sort, column.sort) : undefined
              const Icon =
                direction === 'ascending' ? IconArrowUp : direction === 'descending' ? IconArrowDown : IconArrowsSort
              return (
                <th key={column.key} scope="col" aria-sort={direction} className={cellClass(column)}>
                  {column.sort && onSort ? (
                    <button
                      type="button"
                      className={css.sort}
                      title={t('list.sortBy', { column: column.head })}
                      onClick={() => onSort(toggledSort(sort, column.sort ?? '', sorts))}
                    >
                      {column.head}
                      <Icon size={14} aria-hidden />
                    </button>
                  ) : (
                    column.head
                  )}
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={rowKey(row)} data-gone={gone?.(row) || undefined}>
              {columns.map(column => (
                <td key={column.key} data-label={column.head} className={cellClass(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
