import { routes } from 'virtual:contract'
import type { RequestCounts } from '@cardwright/contract'
import { Link } from '@tanstack/react-router'
import { useMay } from '../api/session.ts'
import type { RequestsSearch } from '../searches.ts'
import { t } from '../texts/t.ts'
import css from './Home.module.css'

const queues: readonly { readonly count: keyof RequestCounts; readonly search: RequestsSearch }[] = [
  { count: 'toApprove', search: { queue: 'TO_APPROVE' } },
  { count: 'toIssue', search: { queue: 'TO_ISSUE', state: 'APPROVED' } },
  { count: 'executing', search: { queue: 'TO_ISSUE', state: 'EXECUTING' } },
  { count: 'failed', search: { queue: 'TO_ISSUE', state: 'FAILED' } },
]

/** How many requests wait where; each number opens the queue behind it. */
export const QueueCounts = ({ counts }: { readonly counts: RequestCounts }) => {
  const may = useMay()
  if (!may(routes.listRequests.access)) return null
  return (
    <ul className={css.counts}>
      {queues.map(({ count, search }) => (
        <li key={count}>
          <Link to="/operator/requests" search={search} className={css.count}>
            <span className={css.number}>{counts[count].toLocaleString('en')}</span>
            <span>{t(`home.queue.${count}`)}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
