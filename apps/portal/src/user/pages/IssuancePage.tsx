import type { SelfIssuance } from '@cardwright/contract'
import type { ApiError } from '../api/api-error.ts'
import { Page } from '../frame/Page.tsx'
import { Button, ButtonRow } from '../parts/Button.tsx'
import { ErrorSummary } from '../parts/ErrorSummary.tsx'
import { t } from '../texts/t.ts'
import { CancelledPage, DonePage, FailedPage } from './EndPages.tsx'
import { NewPinPage } from './NewPinPage.tsx'
import { ProgressPage } from './ProgressPage.tsx'

type Props = {
  readonly issuance: SelfIssuance | null
  readonly error: ApiError | null
  readonly onChange: (issuance: SelfIssuance) => void
  readonly onDone: () => void
}

/** One address for an issuance; its state says which page of it is shown. */
export const IssuancePage = ({ issuance, error, onChange, onDone }: Props) => {
  if (!issuance) {
    if (!error) return <p role="status">{t('frame.loading')}</p>
    return (
      <Page title={t('error.load')}>
        <ErrorSummary error={error} />
        <ButtonRow>
          <Button onClick={onDone}>{t('frame.startAgain')}</Button>
        </ButtonRow>
      </Page>
    )
  }
  switch (issuance.state) {
    case 'RUNNING':
      return (
        <ProgressPage
          issuance={issuance}
          serverSilent={error !== null && (error.status === 0 || error.status >= 500)}
        />
      )
    case 'WAITING_FOR_PIN':
      return <NewPinPage issuance={issuance} onSet={onChange} />
    case 'COMPLETED':
      return <DonePage issuance={issuance} onDone={onDone} />
    case 'FAILED':
      return <FailedPage issuance={issuance} onDone={onDone} onRetried={onChange} />
    case 'CANCELLED':
      return <CancelledPage onDone={onDone} />
  }
}
