import type { Credential, Device } from '@cardwright/contract'

const byBirth = (a: Credential, b: Credential): number => Date.parse(b.notBefore) - Date.parse(a.notBefore)

/**
 * What is on the device now: the newest certificate of each slot, and nothing while it is blank. The rest are from the
 * device's earlier lives, perhaps of another person, and are not shown as if they were this one's.
 */
export const currentCredentials = ({ state, credentials }: Pick<Device, 'state' | 'credentials'>): Credential[] => {
  if (state === 'AVAILABLE' || state === 'ASSIGNED') return []
  const newest = new Map<string, Credential>()
  for (const credential of [...credentials].sort(byBirth)) {
    const there = newest.get(credential.slot)
    if (
      !there ||
      (there.state === 'REVOKED' && credential.state !== 'REVOKED' && there.notBefore === credential.notBefore)
    ) {
      newest.set(credential.slot, credential)
    }
  }
  return [...newest.values()].sort((a, b) => a.slot.localeCompare(b.slot))
}

export const earlierCredentials = (device: Pick<Device, 'state' | 'credentials'>): Credential[] => {
  const current = new Set(currentCredentials(device).map(credential => credential.id))
  return device.credentials.filter(credential => !current.has(credential.id)).sort(byBirth)
}
