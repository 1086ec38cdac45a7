import { routes } from 'virtual:contract'
import type { PinRules } from '@cardwright/core/pin-rules'
import { useEffect, useState } from 'react'
import { type ApiError, asApiError } from '../api/api-error.ts'
import { call } from '../api/call.ts'

/** The PIN rules of the policy that a device was issued under. `none`: there are none, so no PIN can be set. */
export const usePinRules = (deviceId: string) => {
  const [rules, setRules] = useState<PinRules | null>(null)
  const [none, setNone] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)
  useEffect(() => {
    call(routes.unlockRules, { params: { id: deviceId } }).then(
      answer => {
        setRules(answer.rules)
        setNone(answer.rules === null)
      },
      thrown => setError(asApiError(thrown)),
    )
  }, [deviceId])
  return { rules, none, error }
}
