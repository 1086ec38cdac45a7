import type { DirectorySyncPreview } from '@cardwright/contract'
import { Fragment } from 'react'
import { t, textFor } from '../texts/t.ts'
import css from './Directory.module.css'

type Difference = DirectorySyncPreview['update'][number]['differences'][number]
type Props = {
  readonly differences: readonly Difference[]
  readonly groupNames: ReadonlyMap<string, string>
}

/** Old and new value of each field that changes. Groups come as ids; one that is not known here is made by this sync. */
export const Differences = ({ differences, groupNames }: Props) => {
  const words = (field: string, value: string | null): string => {
    if (value === null || value === '') return t('common.notSet')
    if (field === 'status') return textFor(`users.${value}`, {}, value)
    if (field !== 'groupIds') return value
    return value
      .split(' ')
      .map(id => groupNames.get(id) ?? t('directory.newGroup'))
      .join(', ')
  }
  return (
    <dl className={css.change}>
      {differences.map(({ field, from, to }) => (
        <Fragment key={field}>
          <dt>{textFor(`directory.field.${field}`, {}, field)}</dt>
          <dd>{t('directory.fromTo', { from: words(field, from), to: words(field, to) })}</dd>
        </Fragment>
      ))}
    </dl>
  )
}
