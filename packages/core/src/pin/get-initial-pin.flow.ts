import type { Actor } from '../audit/audit-record.ts'
import { openSecret } from '../issuance/secrets.flow.ts'
import { accept, type Outcome, refuse } from '../outcome/refusal.ts'
import type { Clock } from '../ports/clock.ts'
import type { Keys } from '../ports/keys.ts'
import type { Store } from '../ports/store.ts'

/**
 * I-10: Get Initial PIN. Audited before it is answered, also when there is nothing to answer: the PIN was changed, or
 * the device was terminated or recycled, which all wipe it.
 */
export const getInitialPin = async (
  ports: { readonly store: Store; readonly keys: Keys; readonly clock: Clock },
  deviceId: string,
  by: Actor,
): Promise<Outcome<string | null>> => {
  const sealed = await ports.store.transaction(async tx => {
    const device = await tx.devices.get(deviceId)
    if (!device) return null
    const usable = device.state === 'ISSUED' || (device.state === 'PRODUCED' && device.reason === 'ASSIGNED')
    const stored = (await tx.secrets.of(deviceId, 'PIN')).find(s => s.stage === 'CURRENT')
    const secret = usable ? (stored ?? null) : null
    await tx.audit({
      at: ports.clock(),
      actor: by,
      action: 'pin.initial-shown',
      object: { type: 'device', id: device.id, label: device.serial },
      userId: device.userId,
      deviceId,
      result: secret ? 'SUCCESS' : 'FAILURE',
      reason: secret ? null : 'NOTHING_STORED',
      details: {},
    })
    return { secret }
  })
  if (!sealed) return refuse('NOT_FOUND')
  return accept(sealed.secret ? await openSecret(ports.keys, sealed.secret) : null)
}
