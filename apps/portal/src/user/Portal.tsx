import { routes } from 'virtual:contract'
import type { SelfIssuance } from '@cardwright/contract'
import { type ReactNode, use, useEffect, useState } from 'react'
import { useWorkstation } from '../workstation/WorkstationProvider.tsx'
import { useLive } from './api/use-live.ts'
import { deskFact } from './desk.ts'
import { mayBeIssued } from './faces.ts'
import { chosenDevice, connectedDevices, type Insertion } from './flow/chosen-device.ts'
import { nextPage } from './flow/next-page.ts'
import { type PageName, type Place, samePlace, welcome } from './flow/places.ts'
import { stepOf } from './flow/step-of.ts'
import { Frame } from './frame/Frame.tsx'
import { Help } from './frame/Help.tsx'
import { PageContext } from './frame/Page.tsx'
import { StayNotice } from './frame/StayNotice.tsx'
import { useLeaveWarning } from './leave-warning.ts'
import { PageOf } from './PageOf.tsx'
import { IssuancePage } from './pages/IssuancePage.tsx'
import { Router } from './router.ts'
import type { useVisit, Visit } from './visit.ts'

/** Pages that look at the readers of this computer. */
const withReaders: readonly PageName[] = [
  'issue-device',
  'issue-login',
  'issue-ready',
  'device-login',
  'change-pin',
  'unlock',
]

/** Pages that are the first one, or lead back by themselves. */
const hasOwnWayBack: readonly PageName[] = ['welcome', 'lost', 'far-away']

type Props = { readonly visit: Visit; readonly state: ReturnType<typeof useVisit> }

/** Gathers the facts, asks `nextPage` which page they lead to, and shows it. */
export const Portal = ({ visit, state }: Props) => {
  const { door, session, home } = visit
  const { place, go } = use(Router)
  const desk = useWorkstation()
  const [picked, setPicked] = useState<Insertion | null>(null)
  const [started, setStarted] = useState<SelfIssuance | null>(null)
  const [notice, setNotice] = useState<{ readonly said: string; readonly at: Place } | null>(null)

  const login = `${session.service} ${session.csrfToken}`
  const issuing = session.service === 'ISSUANCE'
  const asked = place.page === 'issuance' ? place.id : undefined
  const issuanceId = issuing ? (started?.id ?? home?.openIssuance?.id ?? asked ?? null) : null
  const live = useLive(
    { read: routes.getSelfIssuance, watch: routes.watchSelfIssuance },
    issuanceId === null ? null : { id: issuanceId },
    login,
  )
  const issuance = live.value ?? started

  const shown = nextPage(place, {
    service: session.service,
    mustSetQuestions: session.mustSetQuestions,
    workstation: deskFact(desk.state),
    issuance,
  })
  useEffect(() => {
    if (!samePlace(place, shown)) go(shown, 'replace')
  })

  const readers = useLive(
    { read: routes.userReaders, watch: routes.watchUserReaders },
    withReaders.includes(shown.page) && deskFact(desk.state) !== 'not-ready' ? {} : null,
    login,
  )
  const devices = connectedDevices(readers.value)
  const chosen = chosenDevice(devices, picked, card => mayBeIssued(card.standing) || card.deviceId === place.id)

  const running = issuance?.state === 'RUNNING' || issuance?.state === 'WAITING_FOR_PIN'
  useLeaveWarning(issuing && running)

  const leave = async (to: Place = welcome) => {
    setPicked(null)
    setNotice(null)
    await state.leave()
    setStarted(null)
    go(to)
  }
  const atHome = async (said: string | null) => {
    await state.refresh()
    setNotice(said === null ? null : { said, at: { page: 'home' } })
    go({ page: 'home' }, 'replace')
  }

  const body: ReactNode =
    shown.page === 'issuance' ? (
      <IssuancePage
        issuance={issuance}
        error={live.error}
        onChange={next => {
          setStarted(next)
          live.take(next)
        }}
        onDone={() => void leave()}
      />
    ) : (
      <PageOf
        place={shown}
        visit={visit}
        list={readers.value}
        chosen={chosen}
        notice={notice && samePlace(notice.at, shown) ? notice.said : null}
        onPick={setPicked}
        onLoggedIn={state.loggedIn}
        onStarted={next => {
          setStarted(next)
          go({ page: 'issuance', id: next.id })
        }}
        onQuestionsSet={state.refresh}
        onRequest={(request, said) => {
          const at: Place = { page: 'request', id: request.id }
          state.took(request)
          setNotice({ said, at })
          go(at, 'replace')
        }}
        onLookAgain={state.refresh}
        onSetUp={() => void leave({ page: 'issue-computer' })}
        onHome={said => void atHome(said)}
      />
    )

  return (
    <PageContext value={{ step: stepOf(shown.page, issuance, issuing), organisation: door.organisation }}>
      <Frame
        organisation={door.organisation}
        demo={door.demo}
        onLogOut={session.service !== null && !running ? () => void leave() : null}
        atStart={session.service !== null || hasOwnWayBack.includes(shown.page)}
        foot={<Help helpText={door.helpText} readers={readers.value} />}
      >
        {session.service !== null && issuance?.state !== 'RUNNING' && <StayNotice idleMs={visit.idleMs} />}
        <div key={shown.page.startsWith('report') ? 'report' : `${shown.page} ${shown.id ?? ''}`}>{body}</div>
      </Frame>
    </PageContext>
  )
}
