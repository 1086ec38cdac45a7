import type { SelfIssuance } from '@cardwright/contract'
import { ReaderDrawing } from '../../issuance/ReaderDrawing.tsx'
import { useWorkstation } from '../../workstation/WorkstationProvider.tsx'
import { deskFact } from '../desk.ts'
import { percentOf, stagesOf } from '../flow/stages.ts'
import { Page } from '../frame/Page.tsx'
import { Box } from '../parts/Box.tsx'
import { t } from '../texts/t.ts'
import css from './Progress.module.css'
import { StageList } from './StageList.tsx'

type Props = { readonly issuance: SelfIssuance; readonly serverSilent: boolean }

/** U-9: the bar, what is done, and "do not remove". An interruption is no error: it goes on by itself. */
export const ProgressPage = ({ issuance, serverSilent }: Props) => {
  const desk = useWorkstation()
  const stages = stagesOf(issuance.steps)
  const percent = percentOf(issuance)
  const now = stages.find(({ state }) => state === 'RUNNING') ?? stages.find(({ state }) => state === 'PENDING')
  const paused = issuance.paused || serverSilent || desk.state === 'server-away'
  const waiting = !paused && deskFact(desk.state) === 'not-ready'
  return (
    <Page title={t('progress.title')}>
      <div className={css.keep}>
        <ReaderDrawing running={!paused} />
        <div>
          <p className={css.strong}>{t('progress.keep')}</p>
          <p>{t('progress.keepText')}</p>
        </div>
      </div>
      <div
        className={css.bar}
        role="progressbar"
        aria-label={t('progress.bar')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <div className={css.fill} style={{ inlineSize: `${percent}%` }} />
      </div>
      <div className={css.now}>
        <span aria-live="polite">{now ? t(`stage.${now.name}`) : ''}</span>
        <span aria-hidden>{t('progress.percent', { percent })}</span>
      </div>
      <div className={css.notice} aria-live="polite">
        {paused && (
          <Box tone="info" title={t('progress.paused')}>
            <p>{t('progress.pausedText')}</p>
          </Box>
        )}
        {waiting && (
          <Box tone="warn" title={t('progress.waiting')}>
            <p>{t(`setup.state.${desk.state}`)}</p>
          </Box>
        )}
      </div>
      <StageList stages={stages} />
    </Page>
  )
}
