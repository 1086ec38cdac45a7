import type { Column } from '../lists/ListTable.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { Tag } from '../parts/Tag.tsx'
import { t } from '../texts/t.ts'

type Published = {
  readonly version: number
  readonly publishedAt: string
  readonly retired: boolean
  readonly groups: readonly { readonly name: string }[]
}

export const InUse = ({ retired }: { readonly retired: boolean }) =>
  retired ? <Tag>{t('versions.retired')}</Tag> : <Tag tone="ok">{t('versions.current')}</Tag>

/** What lists of published things have in common. */
export const publishedColumns = <Row extends Published>() => {
  const state: Column<Row> = {
    key: 'state',
    head: t('versions.state'),
    cell: row => <InUse retired={row.retired} />,
  }
  const groups: Column<Row> = {
    key: 'groups',
    long: true,
    head: t('versions.groups'),
    cell: row => row.groups.map(group => group.name).join(', ') || t('versions.notAssigned'),
  }
  const published: Column<Row> = {
    key: 'published',
    head: t('versions.publishedAt'),
    cell: row => <RelativeTime at={row.publishedAt} />,
  }
  const version: Column<Row> = { key: 'version', head: t('versions.version'), align: 'end', cell: row => row.version }
  return { state, groups, published, version }
}
