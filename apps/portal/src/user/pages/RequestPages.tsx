import { routes } from 'virtual:contract'
import type { OwnRequest, UserService } from '@cardwright/contract'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { isOpen, requestFace, requestOrigin, requestStanding, requestSubject } from '../flow/request-words.ts'
import { Page } from '../frame/Page.tsx'
import { Badge } from '../parts/Badge.tsx'
import { Box } from '../parts/Box.tsx'
import button from '../parts/Button.module.css'
import { Button, ButtonRow } from '../parts/Button.tsx'
import { ErrorSummary } from '../parts/ErrorSummary.tsx'
import { Link } from '../parts/Link.tsx'
import { t } from '../texts/t.ts'
import css from './Home.module.css'

export const RequestWords = ({ request }: { readonly request: OwnRequest }) => (
  <>
    {requestStanding(request).map(sentence => (
      <p key={sentence}>{sentence}</p>
    ))}
  </>
)

type Props = {
  readonly request: OwnRequest
  readonly service: UserService
  readonly notice: string | null
  readonly onLookAgain: () => Promise<void>
  readonly onSetUp: () => void
}

/** how one's request stands, and what to do now. */
export const RequestPage = ({ request, service, notice, onLookAgain, onSetUp }: Props) => {
  const [looked, setLooked] = useState(false)
  const again = useSubmit(async () => {
    setLooked(false)
    await onLookAgain()
    setLooked(true)
  })
  const open = isOpen(request)
  const said = looked ? t('request.looked') : notice
  return (
    <Page title={requestSubject(request)}>
      <div role="status">{said !== null && <Box tone={looked ? 'info' : 'ok'} title={said} />}</div>
      <ErrorSummary error={again.error} />
      <p className={css.quiet}>{requestOrigin(request)}</p>
      <p>
        <Badge face={requestFace(request)} />
      </p>
      <RequestWords request={request} />
      {request.next === 'SET_UP' && <p>{t('request.setUpLogin')}</p>}
      {open && request.mayCancel && service === 'DEVICE' && <p>{t('request.takeBackOther')}</p>}
      <ButtonRow>
        {request.next === 'SET_UP' && <Button onClick={onSetUp}>{t('request.setUpDo')}</Button>}
        {open && (
          <Button kind="second" pending={again.pending} onClick={() => void again.submit(undefined)}>
            {t('request.lookAgain')}
          </Button>
        )}
        {request.mayCancel && service === 'WITHOUT_DEVICE' && (
          <Link to={{ page: 'take-back', id: request.id }} className={`${button.button} ${button.second}`}>
            {t('request.takeBack')}
          </Link>
        )}
        <Link to={{ page: 'home' }}>{t('request.home')}</Link>
      </ButtonRow>
    </Page>
  )
}

type TakeBackProps = {
  readonly request: OwnRequest
  readonly onTakenBack: (request: OwnRequest) => void
  readonly onLookAgain: () => Promise<void>
}

/** the device works again as it did before the report. */
export const TakeBackPage = ({ request, onTakenBack, onLookAgain }: TakeBackProps) => {
  const { id, version, reason, serial } = request
  const { submit, pending, error } = useSubmit(async () => {
    try {
      onTakenBack(await call(routes.cancelOwnRequest, { params: { id }, body: { version } }))
    } catch (thrown) {
      // What it has become meanwhile is what the next try is about.
      await onLookAgain().catch(() => {})
      throw thrown
    }
  })
  return (
    <Page title={t('takeBack.title')}>
      <ErrorSummary error={error} />
      <p className={css.quiet}>
        {requestSubject(request)}. {requestOrigin(request)}
      </p>
      {request.mayCancel ? (
        <>
          <p>
            {serial === null
              ? t('takeBack.textOther')
              : t(reason === 'EXPIRED' ? 'takeBack.textExpired' : 'takeBack.text', { serial })}
          </p>
          {(reason === 'LOST' || reason === 'STOLEN') && (
            <Box tone="warn">
              <p>{t('takeBack.sure')}</p>
            </Box>
          )}
        </>
      ) : (
        <RequestWords request={request} />
      )}
      <ButtonRow>
        {request.mayCancel && (
          <Button pending={pending} onClick={() => void submit(undefined)}>
            {t('takeBack.do')}
          </Button>
        )}
        <Link to={{ page: 'request', id }} className={`${button.button} ${button.second}`}>
          {t(request.mayCancel ? 'takeBack.keep' : 'frame.back')}
        </Link>
      </ButtonRow>
    </Page>
  )
}
