import { routes } from 'virtual:contract'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useDeviceChanged } from '../devices/use-device-changed.ts'

/** After a request was made or decided: everything that shows requests is read again, and the devices they hold. */
export const useRequestChanged = () => {
  const client = useQueryClient()
  const devices = useDeviceChanged()
  return useCallback(async () => {
    const shown = [
      routes.listRequests,
      routes.requestCounts,
      routes.getRequest,
      routes.requestTimeline,
      routes.replacementOptions,
      routes.issuanceRequestOptions,
      routes.issuanceOptions,
    ]
    await Promise.all([...shown.map(route => client.invalidateQueries({ queryKey: [route.id] })), devices()])
  }, [client, devices])
}
