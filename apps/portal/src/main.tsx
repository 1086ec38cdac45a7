import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './theme/base.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { watchAttendance } from './api/attended.ts'
import { setOnSignedOut } from './api/call.ts'
import { queryClient } from './api/query-client.ts'
import { forgetSession } from './api/session.ts'
import { router } from './router.tsx'
import { cssVariables, theme } from './theme/theme.ts'

// The page goes first and its data after it: a page without a session would have nothing to show.
let leaving = false
setOnSignedOut(() => {
  const { pathname, href } = router.state.location
  if (leaving || pathname === '/sign-in') return
  leaving = true
  void router
    .navigate({ to: '/sign-in', search: { return: href, ended: true }, ignoreBlocker: true })
    .then(forgetSession)
    .finally(() => {
      leaving = false
    })
})

watchAttendance(window)

const root = document.getElementById('root')
if (!root) throw new Error('The page has no #root element.')
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" cssVariablesResolver={cssVariables}>
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
