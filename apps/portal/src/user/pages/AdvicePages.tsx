import type { UserDoor, UserSession } from '@cardwright/contract'
import { Page } from '../frame/Page.tsx'
import { Box } from '../parts/Box.tsx'
import button from '../parts/Button.module.css'
import { Button, ButtonRow } from '../parts/Button.tsx'
import { Link } from '../parts/Link.tsx'
import { t } from '../texts/t.ts'
import type { Home } from '../visit.ts'

type Props = {
  readonly door: UserDoor
  readonly session: UserSession
  readonly home: Home | null
  readonly onBack: () => void
}

const Back = ({ onBack }: Pick<Props, 'onBack'>) => (
  <ButtonRow>
    <Button kind="second" onClick={onBack}>
      {t('frame.back')}
    </Button>
  </ButtonRow>
)

/** Where to report it here, and else whom to call and what they will ask. */
export const LostPage = ({ door, session, home, onBack }: Props) => {
  const { helpText } = door
  const devices = home?.devices.filter(({ state }) => state !== 'TERMINATED') ?? []
  const reports = session.service === 'WITHOUT_DEVICE'
  const mayLogIn = session.service === null && door.withoutDevice.length > 0
  return (
    <Page title={t('lost.title')}>
      <Box tone="warn" title={t('lost.text')}>
        {helpText !== '' && <p>{helpText}</p>}
      </Box>
      {(reports || mayLogIn) && (
        <>
          <p>{t(reports ? 'lost.report' : 'lost.logIn')}</p>
          <Link to={{ page: reports ? 'report' : 'without-device' }} className={`${button.button} ${button.second}`}>
            {t(reports ? 'home.report' : 'lost.logInDo')}
          </Link>
        </>
      )}
      <h2>{t('lost.say')}</h2>
      <ul>
        <li>{t('lost.name')}</li>
        <li>{t('lost.when')}</li>
        {devices.length === 0 && <li>{t('lost.number')}</li>}
        {devices.map(({ id, serial }) => (
          <li key={id}>{t('lost.number.known', { serial })}</li>
        ))}
      </ul>
      <Back onBack={onBack} />
    </Page>
  )
}

/** The extension's own page works without this site: a challenge is read out, its answer typed in. */
export const FarAwayPage = ({ home, onBack }: Pick<Props, 'home' | 'onBack'>) => (
  <Page title={t('farAway.title')}>
    <p>{t('farAway.text')}</p>
    <ol>
      <li>{t('farAway.one')}</li>
      <li>{t('farAway.two')}</li>
      <li>{t('farAway.three')}</li>
      <li>{t('farAway.four')}</li>
    </ol>
    {home === null && (
      <>
        <p>{t('farAway.online')}</p>
        <Link to={{ page: 'without-device' }} className={`${button.button} ${button.second}`}>
          {t('welcome.without')}
        </Link>
      </>
    )}
    <Back onBack={onBack} />
  </Page>
)
