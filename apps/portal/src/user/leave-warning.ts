import { useEffect } from 'react'

/** The browser asks before this tab is closed or left: the computer's reader is reached through it. */
export const useLeaveWarning = (on: boolean): void => {
  useEffect(() => {
    if (!on) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [on])
}
