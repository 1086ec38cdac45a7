import type { UserDoor } from '@cardwright/contract'
import { DeviceShape } from '../../parts/DeviceShape.tsx'
import { isPhone } from '../desk.ts'
import { Page } from '../frame/Page.tsx'
import { Box } from '../parts/Box.tsx'
import button from '../parts/Button.module.css'
import { Link } from '../parts/Link.tsx'
import { t } from '../texts/t.ts'
import css from './Welcome.module.css'

/** U-1: Start, a working device, none at hand. */
export const WelcomePage = ({ door }: { readonly door: UserDoor }) => {
  const phone = isPhone(navigator.userAgent, navigator.maxTouchPoints)
  return (
    <Page title={t('welcome.title')}>
      {phone ? (
        <Box tone="info" title={t('welcome.phoneTitle')}>
          <p>{t('welcome.phoneText')}</p>
        </Box>
      ) : (
        <section className={css.first}>
          <div className={css.pictures}>
            <DeviceShape form="card" width={86} />
            <DeviceShape form="key" width={86} />
          </div>
          <h2>{t('welcome.startTitle')}</h2>
          <p>{t('welcome.startText')}</p>
          <Link to={{ page: 'issue-computer' }} className={button.button}>
            {t('welcome.start')}
          </Link>
        </section>
      )}
      <ul className={css.choices}>
        {door.withoutDevice.length > 0 && (
          <li>
            <Link to={{ page: 'without-device' }}>{t('welcome.without')}</Link>
            <p>{t('welcome.withoutText')}</p>
          </li>
        )}
        {!phone && (
          <li>
            <Link to={{ page: 'device-computer' }}>{t('welcome.device')}</Link>
            <p>{t('welcome.deviceText')}</p>
          </li>
        )}
      </ul>
      <ul className={css.links}>
        <li>
          <Link to={{ page: 'lost' }}>{t('welcome.lost')}</Link>
        </li>
        <li>
          <Link to={{ page: 'far-away' }}>{t('welcome.farAway')}</Link>
        </li>
      </ul>
    </Page>
  )
}
