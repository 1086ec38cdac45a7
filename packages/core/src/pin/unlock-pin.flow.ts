import { ANY_STATUS, CardError, CardStatusError, changePuk, resetRetryCounterToTyped } from '@cardwright/card'
import type { Actor } from '../audit/audit-record.ts'
import type { Device } from '../device/device.ts'
import { refusalOf } from '../issuance/failure.ts'
import type { OpenCard } from '../issuance/open-card.flow.ts'
import type { CardPlace } from '../issuance/retry-issuance.flow.ts'
import { accept, type Outcome, RefusalError, refuse } from '../outcome/refusal.ts'
import type { KeptValues } from '../ports/card-gateway.ts'
import { findPuk } from './find-puk.flow.ts'
import { checkNewPin, openPinCard, type PinPorts, pinDevice, pinFact } from './pin-device.flow.ts'
import { meaningOfPinStatus, refusedByCard } from './refusal-of-pin.ts'
import {
  disownPuk,
  freshPuk,
  insistUnchanged,
  openPuk,
  type StoredPuk,
  settlePukAs,
  storedPuk,
} from './stored-puk.flow.ts'

export type UnlockPin = {
  readonly deviceId: string
  readonly place: CardPlace
  /** The holder's new PIN: goes to the far end and into no script, store or log here. */
  readonly typed: { readonly newPin: string } | KeptValues
  readonly by: Actor
}

/** What the card is known to have done with the script. */
type Carried =
  | { readonly did: 'all' }
  /** The PIN is set; the card refused to change its PUK, so it has the old one for certain. */
  | { readonly did: 'pin-only' }
  | Stopped

type Stopped = {
  readonly did: 'stopped'
  readonly error: CardError
  /** The card has the PUK from before: its change was not sent. Else it has that one or the fresh one. */
  readonly pukIsCertain: boolean
  /** The PIN is the one from before. */
  readonly pinIsCertain: boolean
}

/**
 * Unlocks a PIN on site: the card's PUK sets the PIN that the holder types, then the PUK itself is changed, because the
 * workstation has seen it. Two round trips; one more if an earlier answer was lost. The fresh PUK is stored before it is
 * sent, so that after any interruption the same can simply be done again.
 */
export const unlockPin = async (ports: PinPorts, request: UnlockPin): Promise<Outcome<Device>> => {
  const { deviceId, place, typed, by } = request
  try {
    const before = await ports.store.transaction(async tx => {
      const device = await pinDevice(tx, deviceId)
      await checkNewPin(tx, device, typed)
      return { device, puk: await storedPuk(tx, deviceId) }
    })
    const card = await openPinCard(ports, before.device, place, typed)
    try {
      if (card.facts.puk.left === 0) throw new RefusalError(refuse('CARD_PUK_BLOCKED'))
      const certain = await findPuk(ports, card, deviceId, before.puk)
      const fresh = await freshPuk(ports, certain.current)
      const known: StoredPuk = { current: certain.current, pending: fresh.secret }
      const device = await ports.store.transaction(async tx => {
        const now = await pinDevice(tx, deviceId)
        await insistUnchanged(tx, deviceId, certain)
        await tx.secrets.put(fresh.secret)
        return now
      })
      const carried = await send(card, await openPuk(ports, certain.current), fresh.value)
      return accept(await conclude(ports, device, known, carried, by, card.link.roundTrips))
    } finally {
      await card.close().catch(() => undefined)
    }
  } catch (error) {
    const refusal = refusalOf(error)
    if (!(error instanceof RefusalError))
      ports.unexpected(error, { issuance: '-', code: refusal.code, step: 'unlock-pin' })
    return refusal
  }
}

const send = async (card: OpenCard, from: string, to: string): Promise<Carried> => {
  const change = { ...changePuk(from, to), accept: [ANY_STATUS], decode: ({ sw }: { readonly sw: number }) => sw }
  try {
    const { results, stop } = await card.session.tryRun(resetRetryCounterToTyped(from), change)
    if (!stop) return { did: results[1] === 0x9000 ? 'all' : 'pin-only' }
    const pukIsCertain = stop.step === 0 && stop.kind !== 'data'
    return { did: 'stopped', error: stop.error, pukIsCertain, pinIsCertain: stop.error instanceof CardStatusError }
  } catch (error) {
    if (!(error instanceof CardError)) throw error
    return { did: 'stopped', error, pukIsCertain: false, pinIsCertain: false }
  }
}

/** One transaction for all that the card's answer means. Throws what stopped the script, after that is stored. */
const conclude = async (
  ports: PinPorts,
  device: Device,
  known: StoredPuk,
  carried: Carried,
  by: Actor,
  roundTrips: number,
): Promise<Device> => {
  const failure = carried.did === 'stopped' ? failureOf(carried.error) : null
  const code = failure && refusalOf(failure).code
  const now = await ports.store.transaction(async tx => {
    await insistUnchanged(tx, device.id, known)
    if (carried.did === 'all' && known.pending) await settlePukAs(tx, known.pending)
    else if (carried.did !== 'stopped' || carried.pukIsCertain) await settlePukAs(tx, known.current)
    if (code === 'PUK_NOT_OURS') await disownPuk(tx, known.current)
    // I-10: nobody is told an initial PIN that may not be on the card any more.
    if (carried.did !== 'stopped' || !carried.pinIsCertain) await tx.secrets.wipe(device.id, 'PIN')
    const details = { roundTrips, freshPuk: carried.did === 'all' }
    await tx.audit(pinFact(ports, device, by, 'pin.unlocked', details, code))
    return tx.devices.get(device.id)
  })
  if (failure) throw failure
  return now ?? device
}

const failureOf = (error: CardError): Error => {
  if (!(error instanceof CardStatusError)) return error
  const meaning = meaningOfPinStatus(error.sw)
  if (meaning.about === 'new-value') return new RefusalError(refusedByCard(error), { cause: error })
  if (meaning.about === 'other') return error
  return new RefusalError(refuse(meaning.left === 0 ? 'CARD_PUK_BLOCKED' : 'PUK_NOT_OURS'), { cause: error })
}
