import type { OwnRequest } from '@cardwright/contract'
import { isOpen, requestFace, requestOrigin, requestSubject } from '../flow/request-words.ts'
import { Badge } from '../parts/Badge.tsx'
import button from '../parts/Button.module.css'
import { Button, ButtonRow } from '../parts/Button.tsx'
import { Link } from '../parts/Link.tsx'
import { t } from '../texts/t.ts'
import css from './Home.module.css'
import { RequestWords } from './RequestPages.tsx'

type CardProps = { readonly request: OwnRequest; readonly onSetUp: () => void }

const Card = ({ request, onSetUp }: CardProps) => (
  <article className={css.device} aria-label={requestSubject(request)}>
    <div className={css.head}>
      <div className={css.words}>
        <h3>{requestSubject(request)}</h3>
        <p>{requestOrigin(request)}</p>
      </div>
      <Badge face={requestFace(request)} />
    </div>
    <div className={css.standing}>
      <RequestWords request={request} />
    </div>
    <ButtonRow>
      {request.next === 'SET_UP' && <Button onClick={onSetUp}>{t('request.setUpDo')}</Button>}
      <Link
        to={{ page: 'request', id: request.id }}
        className={`${button.button} ${button.second}`}
        label={t('request.ofDevice', { what: t('request.open'), request: requestSubject(request) })}
      >
        {t('request.open')}
      </Link>
    </ButtonRow>
  </article>
)

type Props = { readonly requests: readonly OwnRequest[]; readonly onSetUp: () => void }

/** Open requests in full, and the last one that ended if none is open; earlier ones behind a fold. */
export const HomeRequests = ({ requests, onSetUp }: Props) => {
  if (requests.length === 0) return null
  const open = requests.filter(isOpen)
  const shown = open.length > 0 ? open : requests.slice(0, 1)
  const others = requests.filter(request => !shown.includes(request))
  return (
    <>
      <h2>{t('home.requests')}</h2>
      {shown.map(request => (
        <Card key={request.id} request={request} onSetUp={onSetUp} />
      ))}
      {others.length > 0 && (
        <details className={css.others}>
          <summary>{t('home.endedRequests', { count: others.length })}</summary>
          <ul className={css.certificates}>
            {others.map(request => (
              <li key={request.id}>
                <div className={css.words}>
                  <Link to={{ page: 'request', id: request.id }}>{requestSubject(request)}</Link>
                  <p>{requestOrigin(request)}</p>
                </div>
                <Badge face={requestFace(request)} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
