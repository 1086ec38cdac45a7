import { useWorkstation } from '../../workstation/WorkstationProvider.tsx'
import { WorkstationSetup } from '../../workstation/WorkstationSetup.tsx'
import { isPhone } from '../desk.ts'
import { Page } from '../frame/Page.tsx'
import { Box } from '../parts/Box.tsx'
import { t } from '../texts/t.ts'

/** U-2: what this computer still needs. The page goes on by itself once everything is there. */
export const ComputerPage = () => (
  <Page title={t('computer.title')}>
    <ComputerCheck />
  </Page>
)

/** The same in place, where a page of a logged-in person needs the computer. */
export const ComputerCheck = () => {
  const workstation = useWorkstation()
  if (isPhone(navigator.userAgent, navigator.maxTouchPoints)) {
    return (
      <Box tone="info" title={t('computer.phoneTitle')}>
        <p>{t('computer.phoneText')}</p>
      </Box>
    )
  }
  if (workstation.state === 'ready') return <Box tone="ok" title={t('computer.ready')} role="status" />
  return <WorkstationSetup workstation={workstation} t={t} />
}
