import { routes } from 'virtual:contract'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'

/** After a device was changed: everything that shows devices is read again, and the requests that an issuance or an end moves. */
export const useDeviceChanged = () => {
  const client = useQueryClient()
  return useCallback(
    async (message?: string) => {
      if (message) notifications.show({ message, color: 'teal' })
      const shown = [
        routes.userDevices,
        routes.getDevice,
        routes.listDevices,
        routes.devicePrints,
        routes.deviceDeliveries,
        routes.deviceTimeline,
        routes.userTimeline,
        routes.getUser,
        routes.userLogins,
        routes.listReaders,
        routes.listRequests,
        routes.requestCounts,
        routes.getRequest,
        routes.requestTimeline,
        routes.home,
      ]
      await Promise.all(shown.map(route => client.invalidateQueries({ queryKey: [route.id] })))
    },
    [client],
  )
}
