import type { GroupScope } from '@cardwright/adapters/db'
import { type Device, type IssuancePorts, RefusalError, refuse, type Transaction } from '@cardwright/core'

/**
 * The ports of a flow for somebody who sees own groups only: a card of somebody outside is NOT_FOUND once it is opened and
 * known for what it is. What its reader showed before may have been another card, or the word of a workstation.
 */
export const portsWithin = (ports: IssuancePorts, scope: GroupScope): IssuancePorts => {
  if (scope === 'ALL') return ports
  const seen = async (tx: Transaction, device: Device | null): Promise<Device | null> => {
    if (device === null || device.userId === null) return device
    const groups = await tx.groups.ofUser(device.userId)
    if (!groups.some(group => scope.groupIds.includes(group.id))) throw new RefusalError(refuse('NOT_FOUND'))
    return device
  }
  const within = (tx: Transaction): Transaction => ({
    ...tx,
    devices: {
      ...tx.devices,
      byIdentity: async identity => seen(tx, await tx.devices.byIdentity(identity)),
      byCardUuid: async cardUuid => seen(tx, await tx.devices.byCardUuid(cardUuid)),
    },
  })
  return { ...ports, store: { ...ports.store, transaction: work => ports.store.transaction(tx => work(within(tx))) } }
}
