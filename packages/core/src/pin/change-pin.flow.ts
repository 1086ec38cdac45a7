import { CardError, CardStatusError, changeTypedPin } from '@cardwright/card'
import type { Actor } from '../audit/audit-record.ts'
import type { Device } from '../device/device.ts'
import { refusalOf } from '../issuance/failure.ts'
import type { CardPlace } from '../issuance/retry-issuance.flow.ts'
import { accept, type Outcome, type Refusal, RefusalError } from '../outcome/refusal.ts'
import type { KeptValues } from '../ports/card-gateway.ts'
import { checkNewPin, openPinCard, type PinPorts, pinDevice, pinFact } from './pin-device.flow.ts'
import { refusalOfPinChange } from './refusal-of-pin.ts'

export type ChangePin = {
  readonly deviceId: string
  readonly place: CardPlace
  /** Both are the holder's: they go to the far end and into no script, store or log here. */
  readonly typed: { readonly pin: string; readonly newPin: string } | KeptValues
  readonly by: Actor
}

/**
 * The holder changes the PIN, knowing the old one (SP 800-73-5 part 2 §3.2.2); two round trips. A wrong old PIN costs a
 * try of the card: PIN_WRONG with the tries left, PIN_BLOCKED without. Both ends are audited.
 */
export const changePin = async (ports: PinPorts, request: ChangePin): Promise<Outcome<Device>> => {
  const { deviceId, place, typed, by } = request
  try {
    const device = await ports.store.transaction(async tx => {
      const found = await pinDevice(tx, deviceId)
      await checkNewPin(tx, found, typed)
      return found
    })
    const card = await openPinCard(ports, device, place, typed)
    try {
      const { stop } = await card.session.tryRun(changeTypedPin())
      return await conclude(ports, device, by, stop?.error ?? null, card.link.roundTrips)
    } catch (error) {
      // The connection broke while the card had the command: it may have changed the PIN.
      if (error instanceof CardError) await conclude(ports, device, by, error, card.link.roundTrips)
      throw error
    } finally {
      await card.close().catch(() => undefined)
    }
  } catch (error) {
    const refusal = refusalOf(error)
    if (!(error instanceof RefusalError))
      ports.unexpected(error, { issuance: '-', code: refusal.code, step: 'change-pin' })
    return refusal
  }
}

const conclude = async (
  ports: PinPorts,
  device: Device,
  by: Actor,
  error: CardError | null,
  roundTrips: number,
): Promise<Outcome<Device>> => {
  const refusal: Refusal | null = error && (refusalOfPinChange(error) ?? refusalOf(error))
  const now = await ports.store.transaction(async tx => {
    // I-10: nobody is told an initial PIN that may not be on the card any more.
    if (!(error instanceof CardStatusError)) await tx.secrets.wipe(device.id, 'PIN')
    await tx.audit(pinFact(ports, device, by, 'pin.changed', { roundTrips }, refusal?.code ?? null))
    return tx.devices.get(device.id)
  })
  return refusal ?? accept(now ?? device)
}
