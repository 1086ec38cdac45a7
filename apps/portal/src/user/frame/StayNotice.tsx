import { routes } from 'virtual:contract'
import { useEffect, useState } from 'react'
import { call, lastCall } from '../api/call.ts'
import { Box } from '../parts/Box.tsx'
import { Button } from '../parts/Button.tsx'
import { t } from '../texts/t.ts'

/** How long before the end a person is warned (WCAG 2.2 SC 2.2.1 asks for at least 20 seconds). */
const WARNING_MS = 90_000
const LOOK_MS = 5_000

/** Before idle time ends a visit, one press goes on with it. `idleMs`: the length of that time. */
export const StayNotice = ({ idleMs }: { readonly idleMs: number }) => {
  const [due, setDue] = useState(false)
  useEffect(() => {
    const look = () => setDue(Date.now() - lastCall() > idleMs - WARNING_MS)
    const timer = setInterval(look, LOOK_MS)
    return () => clearInterval(timer)
  }, [idleMs])
  const stay = () => {
    // Without an answer the warning stays; after the end the answer itself leads to "Time is up".
    call(routes.getUserSession, {}).then(
      () => setDue(false),
      () => {},
    )
  }
  return (
    <div aria-live="assertive">
      {due && (
        <Box tone="warn" title={t('stay.title')}>
          <Button kind="second" onClick={stay}>
            {t('stay.do')}
          </Button>
        </Box>
      )}
    </div>
  )
}
