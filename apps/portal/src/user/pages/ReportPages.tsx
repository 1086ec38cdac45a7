import { routes } from 'virtual:contract'
import type { OwnRequest } from '@cardwright/contract'
import { use, useCallback, useEffect, useState } from 'react'
import { type ApiError, asApiError } from '../api/api-error.ts'
import { call } from '../api/call.ts'
import { emptyDraft, type Offer, reportable, settled } from '../flow/report.ts'
import { Page } from '../frame/Page.tsx'
import { Button, ButtonRow } from '../parts/Button.tsx'
import { ErrorSummary } from '../parts/ErrorSummary.tsx'
import { Router } from '../router.ts'
import { t } from '../texts/t.ts'
import { ReportCheckPage } from './ReportCheckPage.tsx'
import { ReportWhatPage } from './ReportWhatPage.tsx'
import { ReportWherePage } from './ReportWherePage.tsx'

type Props = {
  readonly page: 'report' | 'report-where' | 'report-check'
  readonly onReported: (request: OwnRequest) => void
  readonly onBack: () => void
}

/** what happened, how to get the new device, and what it means; one thing a page. What was entered stays until sent. */
export const ReportPages = ({ page, onReported, onBack }: Props) => {
  const { go } = use(Router)
  const [offer, setOffer] = useState<Offer | null>(null)
  const [error, setError] = useState<ApiError | null>(null)
  const [draft, setDraft] = useState(emptyDraft)
  const load = useCallback(() => {
    setError(null)
    call(routes.incidentOptions, {}).then(setOffer, thrown => setError(asApiError(thrown)))
  }, [])
  useEffect(load, [load])

  const now = offer && settled(draft, offer)
  const missing = page !== 'report' && !(now?.device && now.reason && (page === 'report-where' || now.way))
  const lost = offer !== null && missing
  useEffect(() => {
    if (lost) go({ page: 'report' }, 'replace')
  }, [lost, go])

  if (!offer || !now || lost) {
    return (
      <Page title={t('report.title')}>
        <ErrorSummary error={error} />
        {error ? <Button onClick={load}>{t('frame.tryAgain')}</Button> : <p role="status">{t('frame.loading')}</p>}
      </Page>
    )
  }
  if (reportable(offer).length === 0) {
    return (
      <Page title={t('report.noneTitle')}>
        <p>{t('report.none')}</p>
        <ButtonRow>
          <Button kind="second" onClick={onBack}>
            {t('request.home')}
          </Button>
        </ButtonRow>
      </Page>
    )
  }
  const back = () => history.back()
  if (page === 'report-where' && now.device) {
    return (
      <ReportWherePage
        ways={now.device.workflows}
        way={now.way}
        onChange={way => setDraft({ ...draft, way })}
        onContinue={() => go({ page: 'report-check' })}
        onBack={back}
      />
    )
  }
  if (page === 'report-check' && now.device && now.reason && now.way) {
    return (
      <ReportCheckPage
        device={now.device}
        reason={now.reason}
        way={now.way}
        note={draft.note}
        needsApproval={offer.needsApproval}
        onReported={onReported}
        onChange={() => go({ page: 'report' })}
      />
    )
  }
  return (
    <ReportWhatPage
      devices={reportable(offer)}
      draft={draft}
      now={now}
      onChange={setDraft}
      onContinue={() => go({ page: now.asksWay ? 'report-where' : 'report-check' })}
      onBack={onBack}
    />
  )
}
