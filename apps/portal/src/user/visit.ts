import { routes } from 'virtual:contract'
import type { OwnRequest, UserDoor, UserSession } from '@cardwright/contract'
import { useCallback, useEffect, useState } from 'react'
import { type ApiError, asApiError } from './api/api-error.ts'
import { call, setCsrfToken, setOnVisitEnded } from './api/call.ts'

export type Home = Awaited<ReturnType<typeof readHome>>
const readHome = (signal?: AbortSignal) => call(routes.userHome, signal ? { signal } : {})

const idleOf = (session: UserSession): number => Date.parse(session.expiresAt) - Date.now()

export type Visit = {
  readonly door: UserDoor
  readonly session: UserSession
  /** How long nothing may happen before the visit ends, in milliseconds. */
  readonly idleMs: number
  /** Null before a login. */
  readonly home: Home | null
}

/** The visit as the server holds it. Nothing of it is kept in the browser, so a reload finds the same. */
export const useVisit = () => {
  const [visit, setVisit] = useState<Visit | null>(null)
  const [ended, setEnded] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)

  const begin = useCallback(async () => {
    setError(null)
    try {
      const [door, session] = await Promise.all([call(routes.userDoor, {}), call(routes.beginVisit, {})])
      setCsrfToken(session.csrfToken)
      setVisit({ door, session, idleMs: idleOf(session), home: session.service === null ? null : await readHome() })
      setEnded(false)
    } catch (thrown) {
      setError(asApiError(thrown))
    }
  }, [])

  useEffect(() => {
    setOnVisitEnded(() => setEnded(true))
    void begin()
  }, [begin])

  /** After a login, and after anything that changes what the home page shows. */
  const loggedIn = useCallback(async (session: UserSession) => {
    setCsrfToken(session.csrfToken)
    const idleMs = idleOf(session)
    const home = await readHome()
    setVisit(now => now && { ...now, session, idleMs, home })
  }, [])

  const refresh = useCallback(async () => {
    const [session, home] = await Promise.all([call(routes.getUserSession, {}), readHome()])
    setVisit(now => now && { ...now, session, home })
  }, [])

  /** A request as the server has just answered it: shown at once, whether or not the rest can be read again now. */
  const took = useCallback(
    (request: OwnRequest) => {
      setVisit(now => {
        if (!now?.home) return now
        const others = now.home.requests.filter(({ id }) => id !== request.id)
        return { ...now, home: { ...now.home, requests: [request, ...others] } }
      })
      refresh().catch(() => {})
    },
    [refresh],
  )

  /** Ends the visit and begins another one, of nobody: the next person finds nothing of this one. */
  const leave = useCallback(async () => {
    try {
      await call(routes.endVisit, {})
    } catch (thrown) {
      const failed = asApiError(thrown)
      // A person who believes to have logged out must not walk away from a visit that goes on.
      if (failed.status !== 401) {
        setVisit(null)
        return setError(failed)
      }
    }
    await begin()
  }, [begin])

  return { visit, ended, error, begin, loggedIn, refresh, took, leave }
}
