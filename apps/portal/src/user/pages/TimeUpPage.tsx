import { Page } from '../frame/Page.tsx'
import { Button, ButtonRow } from '../parts/Button.tsx'
import { t } from '../texts/t.ts'

/** The visit has ended because nothing happened for a while. */
export const TimeUpPage = ({ onStartAgain }: { readonly onStartAgain: () => void }) => (
  <Page title={t('timeUp.title')}>
    <p>{t('timeUp.text')}</p>
    <p>{t('timeUp.kept')}</p>
    <ButtonRow>
      <Button onClick={onStartAgain}>{t('frame.startAgain')}</Button>
    </ButtonRow>
  </Page>
)
