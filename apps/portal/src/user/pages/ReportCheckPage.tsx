import { routes } from 'virtual:contract'
import type { OwnRequest } from '@cardwright/contract'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { isDesk, type OfferedDevice, type Way } from '../flow/report.ts'
import { Page } from '../frame/Page.tsx'
import { Button, ButtonRow } from '../parts/Button.tsx'
import { ErrorSummary } from '../parts/ErrorSummary.tsx'
import { t } from '../texts/t.ts'
import css from './End.module.css'

type Props = {
  readonly device: OfferedDevice
  readonly reason: OfferedDevice['reasons'][number]
  readonly way: Way
  readonly note: string
  readonly needsApproval: boolean
  readonly onReported: (request: OwnRequest) => void
  readonly onChange: () => void
}

/** What was entered, what will happen to the device and its holder, and the one button that does it. */
export const ReportCheckPage = ({ device, reason, way, note, needsApproval, onReported, onChange }: Props) => {
  const { submit, pending, error } = useSubmit(async (_: undefined, idempotencyKey) => {
    const body = { deviceId: device.id, version: device.version, reason: reason.reason, workflow: way, note }
    onReported(await call(routes.declareIncident, { body, idempotencyKey }))
  })
  const where = isDesk(way) ? 'desk' : 'self'
  const temporary = reason.kind === 'TEMPORARY'
  // It does not work now, and taking the report back does not change that.
  const expired = reason.reason === 'EXPIRED'
  return (
    <Page title={t('report.checkTitle')}>
      <ErrorSummary error={error} />
      <dl className={css.facts}>
        <dt>{t('report.device')}</dt>
        <dd>
          {device.model}, {t('device.serial', { serial: device.serial })}
        </dd>
        <dt>{t('report.happened')}</dt>
        <dd>{t(`report.${reason.reason}`)}</dd>
        {note.trim() !== '' && (
          <>
            <dt>{t('report.note')}</dt>
            <dd>{note}</dd>
          </>
        )}
        <dt>{t('report.new')}</dt>
        <dd>{t(`report.where.${where}`)}</dd>
      </dl>
      <p>
        <Button kind="link" onClick={onChange}>
          {t('report.change')}
        </Button>
      </p>
      <h2>{t('report.then')}</h2>
      <ul>
        <li>
          <strong>{t(expired ? 'report.then.expired' : 'report.then.stops')}</strong>
        </li>
        {needsApproval && <li>{t('report.then.approved')}</li>}
        <li>
          {temporary
            ? t(`report.then.temporary.${where}`, { count: device.temporaryDays })
            : t(`report.then.new.${where}`)}
        </li>
        <li>{t(temporary ? 'report.then.comesBack' : 'report.then.ends')}</li>
        <li>{t(expired ? 'report.then.takeBackExpired' : 'report.then.takeBack')}</li>
      </ul>
      <ButtonRow>
        <Button pending={pending} onClick={() => void submit(undefined)}>
          {t(expired ? 'report.doExpired' : 'report.do')}
        </Button>
      </ButtonRow>
    </Page>
  )
}
