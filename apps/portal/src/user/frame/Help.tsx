import type { UserReaderList } from '@cardwright/contract'
import { useWorkstation } from '../../workstation/WorkstationProvider.tsx'
import { deskCode } from '../desk.ts'
import { t } from '../texts/t.ts'
import css from './Frame.module.css'

/** "Chrome 141", "Edge 141": as much as a help desk asks for. */
const browserName = (userAgent: string): string => {
  const found = /(Edg|Firefox|Chrome|Version)\/(\d+)/.exec(userAgent.replace(/Chrome\/\d+(.*Edg\/)/, '$1'))
  const names: Record<string, string> = { Edg: 'Edge', Version: 'Safari' }
  return found ? `${names[found[1] ?? ''] ?? found[1]} ${found[2]}` : t('desk.unknown')
}

export const HelpLine = ({ helpText }: { readonly helpText: string }) =>
  helpText === '' ? null : (
    <p>
      <strong>{t('frame.help')}:</strong> {helpText}
    </p>
  )

type Props = { readonly helpText: string; readonly readers: UserReaderList | null }

/** At the foot of each page: whom to ask, and what they will want to know. Nothing in it is secret. */
export const Help = ({ helpText, readers }: Props) => {
  const desk = useWorkstation()
  const list = readers?.connected ? readers.readers : null
  const devices = list?.filter(reader => reader.card !== null).length ?? null
  return (
    <div className={css.help}>
      <HelpLine helpText={helpText} />
      <details>
        <summary>{t('frame.diagnosis')}</summary>
        <p>{t('frame.diagnosisText')}</p>
        <dl className={css.facts}>
          <dt>{t('desk.code')}</dt>
          <dd className={css.code}>{deskCode(desk.state, list?.length ?? null, devices)}</dd>
          <dt>{t('desk.state')}</dt>
          <dd>{t(`setup.state.${desk.state}`)}</dd>
          <dt>{t('desk.extension')}</dt>
          <dd>{desk.extensionVersion ?? t('desk.none')}</dd>
          <dt>{t('desk.client')}</dt>
          <dd>{desk.clientVersion ?? t('desk.none')}</dd>
          <dt>{t('desk.readers')}</dt>
          <dd>{list === null ? t('desk.unknown') : list.map(reader => reader.name).join(', ') || t('desk.none')}</dd>
          <dt>{t('desk.browser')}</dt>
          <dd>{browserName(navigator.userAgent)}</dd>
        </dl>
      </details>
    </div>
  )
}
