import { type FormEvent, useState } from 'react'
import { isDesk, type Way } from '../flow/report.ts'
import { Page } from '../frame/Page.tsx'
import { Button, ButtonRow } from '../parts/Button.tsx'
import { Choice } from '../parts/Choice.tsx'
import { ErrorSummary, noFaults } from '../parts/ErrorSummary.tsx'
import { t } from '../texts/t.ts'

type Props = {
  readonly ways: readonly Way[]
  readonly way: Way | null
  readonly onChange: (way: Way) => void
  readonly onContinue: () => void
  readonly onBack: () => void
}

/** only where both are offered. */
export const ReportWherePage = ({ ways, way, onChange, onContinue, onBack }: Props) => {
  const [faults, setFaults] = useState(noFaults)
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (way === null) setFaults([{ field: 'report-way', text: t('report.whereFault') }])
    else onContinue()
  }
  return (
    <Page title={t('report.whereTitle')}>
      <form onSubmit={onSubmit} noValidate>
        <ErrorSummary faults={way === null ? faults : noFaults} />
        <Choice
          id="report-way"
          legend={t('report.new')}
          value={way}
          fault={way === null ? faults[0]?.text : undefined}
          choices={ways.map(value => {
            const where = isDesk(value) ? 'desk' : 'self'
            return { value, label: t(`report.where.${where}`), hint: t(`report.where.${where}.hint`) }
          })}
          onChange={onChange}
        />
        <ButtonRow>
          <Button type="submit">{t('frame.continue')}</Button>
          <Button kind="link" onClick={onBack}>
            {t('frame.back')}
          </Button>
        </ButtonRow>
      </form>
    </Page>
  )
}
