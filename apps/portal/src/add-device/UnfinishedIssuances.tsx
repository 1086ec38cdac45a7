import { routes } from 'virtual:contract'
import { useQuery } from '@tanstack/react-query'
import { read } from '../api/read.ts'
import { OpenIssuanceBanner } from '../users/OpenIssuanceBanner.tsx'

/** A running or failed issuance of this user, so that a closed tab is taken up where it was left. */
export const UnfinishedIssuances = ({ userId, userName }: { readonly userId: string; readonly userName: string }) => {
  const { data } = useQuery(read(routes.userDevices, { params: { id: userId } }))
  return data?.rows
    .filter(device => device.openIssuanceId !== null)
    .map(device => (
      <OpenIssuanceBanner
        key={device.id}
        issuanceId={device.openIssuanceId ?? ''}
        serial={device.serial}
        userName={userName}
      />
    ))
}
