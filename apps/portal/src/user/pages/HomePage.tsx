import type { UserDevice, UserService } from '@cardwright/contract'
import { DeviceShape } from '../../parts/DeviceShape.tsx'
import { certificateFace, deviceFace } from '../faces.ts'
import { longDay } from '../flow/day.ts'
import { Page } from '../frame/Page.tsx'
import { Badge } from '../parts/Badge.tsx'
import { Box } from '../parts/Box.tsx'
import button from '../parts/Button.module.css'
import { Link } from '../parts/Link.tsx'
import { t } from '../texts/t.ts'
import type { Home } from '../visit.ts'
import css from './Home.module.css'
import { HomeRequests } from './HomeRequests.tsx'
import links from './Welcome.module.css'

type Props = {
  readonly home: Home
  readonly service: UserService
  readonly notice: string | null
  /** To the setup of a new device, which has a login of its own. */
  readonly onSetUp: () => void
}

/** U-13: one's devices and certificates, and what this login is good for. */
export const HomePage = ({ home, service, notice, onSetUp }: Props) => (
  <Page title={t('home.title', { name: home.user.displayName })}>
    <div role="status">{notice !== null && <Box tone="ok" title={notice} />}</div>
    <HomeRequests requests={home.requests} onSetUp={onSetUp} />
    {service === 'WITHOUT_DEVICE' && home.devices.some(isReportable) && (
      <section className={links.first}>
        <h2>{t('home.reportTitle')}</h2>
        <p>{t('home.reportText')}</p>
        <Link to={{ page: 'report' }} className={button.button}>
          {t('home.report')}
        </Link>
      </section>
    )}
    <h2>{t('home.devices')}</h2>
    {home.devices.length === 0 && <p>{t('home.none')}</p>}
    {home.devices.map(device => (
      <Device key={device.id} device={device} service={service} />
    ))}
    <h2>{t('home.questions')}</h2>
    <p>
      {home.answersSetAt ? t('home.questionsSet', { date: longDay(home.answersSetAt) }) : t('home.questionsNotSet')}
    </p>
    <Link to={{ page: 'change-questions' }} className={`${button.button} ${button.second}`}>
      {t(home.questionsSet ? 'home.changeQuestions' : 'home.setQuestions')}
    </Link>
    <h2>{t('home.more')}</h2>
    <ul className={links.links}>
      <li>
        <Link to={{ page: 'lost' }}>{t('home.lost')}</Link>
      </li>
      <li>
        <Link to={{ page: 'far-away' }}>{t('home.farAway')}</Link>
      </li>
    </ul>
  </Page>
)

/** As a first look; what exactly is offered is asked on the page of the report. */
const isReportable = ({ state, reason }: UserDevice): boolean =>
  state === 'ISSUED' || (state === 'INVALID' && reason === 'EXPIRED')

const Device = ({ device, service }: { readonly device: UserDevice; readonly service: UserService }) => {
  const { id, serial } = device
  const now = Date.now()
  const action = service === 'DEVICE' ? 'change-pin' : 'unlock'
  const what = t(service === 'DEVICE' ? 'home.changePin' : 'home.unlock')
  return (
    <article className={css.device} aria-label={t('device.serial', { serial })}>
      <div className={css.head}>
        <DeviceShape form={device.form} width={86} faded={device.state === 'TERMINATED'} />
        <div className={css.words}>
          <h3>{device.model}</h3>
          <p>{t('device.serial', { serial })}</p>
          {device.expiresAt && <p>{validity(device.expiresAt, now)}</p>}
        </div>
        <Badge face={deviceFace(device)} />
      </div>
      {device.credentials.length > 0 && (
        <ul className={css.certificates} aria-label={t('home.certificatesOf', { serial })}>
          {device.credentials.map(certificate => (
            <li key={certificate.id}>
              <strong>{t(`profile.${certificate.profile}`)}</strong>
              <span>{validity(certificate.notAfter, now)}</span>
              <Badge face={certificateFace(certificate, now)} />
            </li>
          ))}
        </ul>
      )}
      {device.state === 'ISSUED' && (
        <div className={button.row}>
          <Link
            to={{ page: action, id }}
            className={service === 'DEVICE' ? button.button : `${button.button} ${button.second}`}
            label={t('home.ofDevice', { what, serial })}
          >
            {what}
          </Link>
        </div>
      )}
    </article>
  )
}

const validity = (until: string, now: number): string =>
  t(Date.parse(until) < now ? 'home.expired' : 'home.validUntil', { date: longDay(until) })
