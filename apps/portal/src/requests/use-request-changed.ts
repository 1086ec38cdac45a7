import { routes } from 'virtual:contract'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useDeviceChanged } from '../devices/use-device-changed.ts'

/** After a request was made or decided: requests and the devices they hold are read again, and what can be asked for now. */
export const useRequestChanged = () => {
  const client = useQueryClient()
  const devices = useDeviceChanged()
  return useCallback(async () => {
    const shown = [routes.replacementOptions, routes.issuanceRequestOptions, routes.issuanceOptions]
    await Promise.all([...shown.map(route => client.invalidateQueries({ queryKey: [route.id] })), devices()])
  }, [client, devices])
}
