import type { OwnRequest, SelfIssuance, UserReaderList, UserSession } from '@cardwright/contract'
import { use } from 'react'
import type { Connected, Insertion } from './flow/chosen-device.ts'
import type { Place } from './flow/places.ts'
import { FarAwayPage, LostPage } from './pages/AdvicePages.tsx'
import { ChangePinPage } from './pages/ChangePinPage.tsx'
import { ComputerPage } from './pages/ComputerPage.tsx'
import { DeviceLoginPage } from './pages/DeviceLoginPage.tsx'
import { DevicePage } from './pages/DevicePage.tsx'
import { HomePage } from './pages/HomePage.tsx'
import { LoginPage } from './pages/LoginPage.tsx'
import { QuestionsPage } from './pages/QuestionsPage.tsx'
import { ReadyPage } from './pages/ReadyPage.tsx'
import { ReportPages } from './pages/ReportPages.tsx'
import { RequestPage, TakeBackPage } from './pages/RequestPages.tsx'
import { UnlockPage } from './pages/UnlockPage.tsx'
import { WelcomePage } from './pages/WelcomePage.tsx'
import { Router } from './router.ts'
import { t } from './texts/t.ts'
import type { Visit } from './visit.ts'

type Props = {
  readonly place: Place
  readonly visit: Visit
  readonly list: UserReaderList | null
  readonly chosen: Connected | null
  /** An issuance for this person is open that is not theirs to see. */
  /** What was done just now, for the home page. */
  readonly notice: string | null
  readonly onPick: (insertion: Insertion) => void
  readonly onLoggedIn: (session: UserSession) => Promise<void>
  readonly onStarted: (issuance: SelfIssuance) => void
  readonly onQuestionsSet: () => Promise<void>
  /** A request was made or taken back. */
  readonly onRequest: (request: OwnRequest, notice: string) => void
  readonly onLookAgain: () => Promise<void>
  /** To the setup of the new device, which has a login of its own. */
  readonly onSetUp: () => void
  readonly onHome: (notice: string | null) => void
}

/** Every page but that of an issuance. `nextPage` has decided that this one may be shown. */
export const PageOf = (props: Props) => {
  const { place, visit, list, chosen, onPick, onHome, onLoggedIn } = props
  const { door, session, home } = visit
  const { go } = use(Router)
  const connected = { list, chosen, onPick }
  const request = home?.requests.find(({ id }) => id === place.id)
  const device = home?.devices.find(({ id }) => id === place.id)
  const onBack = () => onHome(null)
  const back = () => (history.length > 1 ? history.back() : go({ page: 'welcome' }))

  switch (place.page) {
    case 'issue-computer':
    case 'device-computer':
      return <ComputerPage />
    case 'issue-device':
      return <DevicePage {...connected} onContinue={() => go({ page: 'issue-login' })} />
    case 'issue-login':
      return <LoginPage service="ISSUANCE" methods={door.issuance} onLoggedIn={onLoggedIn} />
    case 'without-device':
      return <LoginPage service="WITHOUT_DEVICE" methods={door.withoutDevice} onLoggedIn={onLoggedIn} />
    case 'device-login':
      return <DeviceLoginPage {...connected} onLoggedIn={onLoggedIn} />
    case 'questions':
      return <QuestionsPage first onSaved={props.onQuestionsSet} />
    case 'change-questions': {
      const onSaved = async () => onHome(t('questions.saved'))
      return <QuestionsPage first={!home?.questionsSet} onSaved={onSaved} onBack={onBack} />
    }
    case 'issue-ready':
      return <ReadyPage {...connected} onStarted={props.onStarted} />
    case 'change-pin':
      if (!device) return <NotThere {...props} />
      return (
        <ChangePinPage {...connected} device={device} onChanged={() => onHome(t('changePin.done'))} onBack={onBack} />
      )
    case 'unlock':
      if (!device) return <NotThere {...props} />
      return <UnlockPage {...connected} device={device} onUnlocked={() => onHome(t('unlock.done'))} onBack={onBack} />
    case 'report':
    case 'report-where':
    case 'report-check':
      return (
        <ReportPages
          page={place.page}
          onReported={reported => props.onRequest(reported, t('report.done'))}
          onBack={onBack}
        />
      )
    case 'request':
      if (!request || session.service === null) return <NotThere {...props} />
      return <RequestPage {...props} request={request} service={session.service} />
    case 'take-back':
      if (!request) return <NotThere {...props} />
      return (
        <TakeBackPage
          request={request}
          onTakenBack={ended => props.onRequest(ended, t('takeBack.done'))}
          onLookAgain={props.onLookAgain}
        />
      )
    case 'home':
      return <NotThere {...props} />
    case 'lost':
      return <LostPage door={door} session={session} home={home} onBack={back} />
    case 'far-away':
      return <FarAwayPage home={home} onBack={back} />
    default:
      return session.service === null ? <WelcomePage door={door} /> : <NotThere {...props} />
  }
}

/** An address of a device or request that is not this person's leads home. */
const NotThere = ({ visit: { home, session }, notice, onSetUp }: Props) =>
  home && session.service ? <HomePage home={home} service={session.service} notice={notice} onSetUp={onSetUp} /> : null
