import { routes } from 'virtual:contract'
import type { SelfIssuance } from '@cardwright/contract'
import { IconCircleCheck } from '@tabler/icons-react'
import { DeviceShape } from '../../parts/DeviceShape.tsx'
import { useWorkstation } from '../../workstation/WorkstationProvider.tsx'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { readyDesk } from '../desk.ts'
import { stagesOf } from '../flow/stages.ts'
import { toldOfPin } from '../flow/told-of-pin.ts'
import { Page } from '../frame/Page.tsx'
import { Box } from '../parts/Box.tsx'
import { Button, ButtonRow } from '../parts/Button.tsx'
import { CopyableDetails } from '../parts/CopyableDetails.tsx'
import { ErrorSummary } from '../parts/ErrorSummary.tsx'
import { t } from '../texts/t.ts'
import css from './End.module.css'
import { StageList } from './StageList.tsx'

type Props = { readonly issuance: SelfIssuance; readonly onDone: () => void }

/** U-9: the confirmation page with Done. */
export const DonePage = ({ issuance, onDone }: Props) => (
  <Page title={t('done.title')}>
    <div className={css.device}>
      <DeviceShape form={issuance.form} width={110} label={t(`device.form.${issuance.form}`)} />
      <p>
        <IconCircleCheck size={28} className={css.good} aria-hidden />
        {t('done.number', { serial: issuance.serial })}
      </p>
    </div>
    <Box tone="ok">
      <p>{t('done.text')}</p>
    </Box>
    {toldOfPin(issuance).map(key => (
      <p key={key}>{t(key)}</p>
    ))}
    <ButtonRow>
      <Button onClick={onDone}>{t('frame.done')}</Button>
    </ButtonRow>
  </Page>
)

export const CancelledPage = ({ onDone }: Pick<Props, 'onDone'>) => (
  <Page title={t('done.cancelledTitle')}>
    <p>{t('done.cancelledText')}</p>
    <ButtonRow>
      <Button onClick={onDone}>{t('frame.done')}</Button>
    </ButtonRow>
  </Page>
)

/** What the help desk needs, as plain text. Nothing in it is secret: the server puts no secret into it. */
const report = ({ id, serial, error }: SelfIssuance): string =>
  [
    `issuance: ${id}`,
    `device: ${serial}`,
    ...(error
      ? [
          `code: ${error.code}`,
          `what: ${error.what}`,
          `step: ${error.step}`,
          `at: ${error.at}`,
          ...Object.entries(error.details).map(([name, value]) => `${name}: ${value}`),
        ]
      : []),
  ].join('\n')

/** U-10: Done, and Retry only where it is enabled. */
export const FailedPage = ({
  issuance,
  onDone,
  onRetried,
}: Props & { readonly onRetried: (next: SelfIssuance) => void }) => {
  const desk = useWorkstation()
  const { error, mayRetry } = issuance
  const retry = useSubmit(async () => {
    await readyDesk(desk)
    onRetried(await call(routes.retrySelfIssuance, { params: { id: issuance.id } }))
  })
  return (
    <Page title={t('failed.title')}>
      <ErrorSummary error={retry.error} />
      {error && (
        <dl className={css.facts}>
          <dt>{t('failed.what')}</dt>
          <dd>{error.what}</dd>
          <dt>{t('failed.step')}</dt>
          <dd>{error.step}</dd>
          <dt>{t('failed.advice')}</dt>
          <dd>{mayRetry ? error.advice : t('failed.callText')}</dd>
        </dl>
      )}
      <ButtonRow>
        {mayRetry && (
          <Button pending={retry.pending} onClick={() => void retry.submit(undefined)}>
            {t('failed.retry')}
          </Button>
        )}
        <Button kind={mayRetry ? 'second' : 'first'} onClick={onDone}>
          {t('frame.done')}
        </Button>
      </ButtonRow>
      <h2>{t('progress.stages')}</h2>
      <StageList stages={stagesOf(issuance.steps)} />
      <CopyableDetails title={t('failed.details')} text={report(issuance)} />
    </Page>
  )
}
