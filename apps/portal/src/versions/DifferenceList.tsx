import { VisuallyHidden } from '@mantine/core'
import differences from '../parts/Differences.module.css'
import { t } from '../texts/t.ts'
import type { Difference } from './difference.ts'
import css from './Versions.module.css'

export const DifferenceList = ({ list }: { readonly list: readonly Difference[] }) => (
  <ul className={differences.differences}>
    {list.map(({ field, from, to }) => (
      <li key={field}>
        <div className={css.field}>{field}</div>
        <div>
          <del>
            <VisuallyHidden>{t('versions.diffFrom')}: </VisuallyHidden>
            {from}
          </del>{' '}
          →{' '}
          <ins>
            <VisuallyHidden>{t('versions.diffTo')}: </VisuallyHidden>
            {to}
          </ins>
        </div>
      </li>
    ))}
  </ul>
)
