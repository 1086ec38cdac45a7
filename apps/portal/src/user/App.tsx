import { useEffect } from 'react'
import { WorkstationProvider } from '../workstation/WorkstationProvider.tsx'
import { welcome } from './flow/places.ts'
import { Frame } from './frame/Frame.tsx'
import { HelpLine } from './frame/Help.tsx'
import { Page, PageContext } from './frame/Page.tsx'
import { Portal } from './Portal.tsx'
import { TimeUpPage } from './pages/TimeUpPage.tsx'
import { Button } from './parts/Button.tsx'
import { ErrorSummary } from './parts/ErrorSummary.tsx'
import { Router, useAddress } from './router.ts'
import { t } from './texts/t.ts'
import { useVisit } from './visit.ts'

/** The visit around the pages: before it is known, while it lasts, and after its time. */
export const App = () => {
  const address = useAddress()
  const { go } = address
  const state = useVisit()
  const { visit, ended, error, begin } = state
  const name = visit?.door.organisation ?? ''

  // A page of the next person must not be what the last one asked for.
  useEffect(() => {
    if (ended) go(welcome, 'replace')
  }, [ended, go])

  if (visit && !ended) {
    return (
      <Router value={address}>
        <WorkstationProvider door="user" session={visit.session.csrfToken}>
          <Portal visit={visit} state={state} />
        </WorkstationProvider>
      </Router>
    )
  }
  return (
    <Router value={address}>
      <PageContext value={{ step: null, organisation: name }}>
        <Frame
          organisation={name}
          demo={visit?.door.demo ?? false}
          onLogOut={null}
          atStart
          foot={visit && <HelpLine helpText={visit.door.helpText} />}
        >
          {ended ? (
            <TimeUpPage onStartAgain={() => void begin()} />
          ) : error ? (
            <Page title={t('error.load')}>
              <ErrorSummary error={error} />
              <Button onClick={() => void begin()}>{t('frame.tryAgain')}</Button>
            </Page>
          ) : (
            <p role="status">{t('frame.loading')}</p>
          )}
        </Frame>
      </PageContext>
    </Router>
  )
}
