import { type FormEvent, useState } from 'react'
import type { Draft, OfferedDevice, settled } from '../flow/report.ts'
import { Page } from '../frame/Page.tsx'
import { Button, ButtonRow } from '../parts/Button.tsx'
import { Choice } from '../parts/Choice.tsx'
import { ErrorSummary, type Fault, noFaults } from '../parts/ErrorSummary.tsx'
import { LongTextField } from '../parts/Field.tsx'
import { Link } from '../parts/Link.tsx'
import { t } from '../texts/t.ts'

type Props = {
  readonly devices: readonly OfferedDevice[]
  readonly draft: Draft
  readonly now: ReturnType<typeof settled>
  readonly onChange: (draft: Draft) => void
  readonly onContinue: () => void
  readonly onBack: () => void
}

const deviceHint = ({ serial, temporary }: OfferedDevice): string =>
  [t('device.serial', { serial }), temporary && t('report.temporary')].filter(Boolean).join(' · ')

/** Which device, and what happened to it. */
export const ReportWhatPage = ({ devices, draft, now, onChange, onContinue, onBack }: Props) => {
  const [faults, setFaults] = useState(noFaults)
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    const found: Fault[] = []
    if (!now.device) found.push({ field: 'report-device', text: t('report.whichFault') })
    else if (!now.reason) found.push({ field: 'report-reason', text: t('report.whatFault') })
    setFaults(found)
    if (found.length === 0) onContinue()
  }
  const faultOf = (field: string) => faults.find(fault => fault.field === field)?.text
  return (
    <Page title={t('report.title')}>
      <form onSubmit={onSubmit} noValidate>
        <ErrorSummary faults={faults} />
        {devices.length > 1 && (
          <Choice
            id="report-device"
            legend={t('report.which')}
            value={draft.deviceId}
            fault={faultOf('report-device')}
            choices={devices.map(device => ({ value: device.id, label: device.model, hint: deviceHint(device) }))}
            onChange={deviceId => onChange({ ...draft, deviceId })}
          />
        )}
        {now.device && devices.length === 1 && (
          <p>
            {now.device.model}, {deviceHint(now.device)}
          </p>
        )}
        {now.device && (
          <Choice
            id="report-reason"
            legend={t('report.what')}
            value={now.reason?.reason ?? null}
            fault={faultOf('report-reason')}
            choices={now.device.reasons.map(({ reason }) => ({
              value: reason,
              label: t(`report.${reason}`),
              hint: t(`report.${reason}.hint`),
            }))}
            onChange={reason => onChange({ ...draft, reason })}
          />
        )}
        <LongTextField
          id="report-note"
          label={t('report.note')}
          hint={t('report.noteHint')}
          maxLength={500}
          value={draft.note}
          onChange={note => onChange({ ...draft, note })}
        />
        <p>
          {t('report.lockedOnly')} <Link to={{ page: 'home' }}>{t('report.unlock')}</Link>
        </p>
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
