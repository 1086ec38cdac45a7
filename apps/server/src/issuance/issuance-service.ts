import {
  type Actor,
  type AssignDevice,
  assignDevice,
  cancelIssuance,
  type Device,
  expectedCard,
  type Issuance,
  type IssuancePorts,
  isSameCard,
  type KeptValues,
  type Outcome,
  pinIsAllowed,
  RefusalError,
  recycleDevice,
  refuse,
  retryIssuance,
  type Started,
  type StartIssuance,
  setHolderPin,
  startIssuance,
} from '@cardwright/core'
import { accepted } from '../http/problems.ts'
import type { Reach } from '../relay/reach.ts'
import { portsWithin } from './scoped-ports.ts'

type Place = { readonly readerId: string; readonly insertion: string }

export type IssuanceService = {
  start(reach: Reach, request: StartIssuance): Promise<Issuance>
  retry(reach: Reach, id: string, readerId: string | undefined, by: Actor): Promise<Issuance>
  cancel(id: string, by: Actor): Promise<Issuance>
  holderPin(reach: Reach, id: string, typed: { readonly newPin: string } | KeptValues, by: Actor): Promise<Issuance>
  recycle(reach: Reach, place: Place, by: Actor): Promise<Issuance>
  /** Binds the card in a reader to a user; nothing is written to it. Answers the device's id. */
  assign(reach: Reach, request: AssignDevice): Promise<string>
  /** Whether a flow of this very process works on it. */
  isRunning(id: string): boolean
  runningIds(): readonly string[]
  /** Holds a reader for a piece of work that is no issuance (a PIN, a login); CARD_IN_USE if something else has it. */
  alone<T>(reach: Reach, readerId: string, work: () => Promise<T>): Promise<T>
  /** Resolves when nothing runs any more; nothing new starts from now on. */
  drain(): Promise<void>
}

/** Runs core's flows on this server's readers: one at a time for each reader, going on after the request was answered. */
export const createIssuanceService = (ports: IssuancePorts, ended: (issuance: Issuance) => void): IssuanceService => {
  const running = new Set<Promise<unknown>>()
  const runningIds = new Set<string>()
  let draining = false

  const withReader = async <T>(
    reach: Reach,
    readerId: string,
    work: (release: () => void) => Promise<T>,
  ): Promise<T> => {
    if (draining) throw new RefusalError(refuse('SERVER_INTERRUPTED'))
    const release = await reach.reserve(readerId)
    if (release === null) throw new RefusalError(refuse('CARD_IN_USE'))
    try {
      return await work(release)
    } catch (error) {
      release()
      throw error
    }
  }

  /** Answers as soon as the claim is stored; the reader is held until the flow has ended. */
  const inBackground = (reach: Reach, readerId: string, flow: () => Promise<Outcome<Started>>): Promise<Issuance> =>
    withReader(reach, readerId, async release => {
      const { issuance, finished } = accepted(await flow())
      runningIds.add(issuance.id)
      const whole = finished.then(ended).finally(() => {
        runningIds.delete(issuance.id)
        running.delete(whole)
        release()
      })
      running.add(whole)
      return issuance
    })

  const load = async (id: string): Promise<{ issuance: Issuance; device: Device }> => {
    const found = await ports.store.transaction(async tx => {
      const issuance = await tx.issuances.get(id)
      const device = issuance && (await tx.devices.get(issuance.deviceId))
      return issuance && device ? { issuance, device } : null
    })
    if (found === null) throw new RefusalError(refuse('NOT_FOUND'))
    return found
  }

  /** Where the card of an issuance is now: in the reader that is named, else wherever it was seen, else where it was. */
  const placeOf = async (reach: Reach, id: string, readerId?: string): Promise<Place> => {
    const { issuance, device } = await load(id)
    const expected = expectedCard(device, issuance)
    const readers = await reach.readers()
    const sees = readers.find(r => r.card?.state === 'read' && isSameCard(r.card.facts, expected))
    const reader = readers.find(r => r.id === (readerId ?? sees?.id ?? issuance.readerId))
    if (!reader) throw new RefusalError(refuse('READER_LOST'))
    if (!reader.card) throw new RefusalError(refuse('CARD_REMOVED'))
    return { readerId: reader.id, insertion: reader.card.insertion }
  }

  const checkHolderPin = (issuance: Issuance, newPin: string): Promise<void> =>
    ports.store.transaction(async tx => {
      const { policyId, policyVersion } = issuance
      const policy = policyId && policyVersion ? await tx.policies.get(policyId, policyVersion) : null
      if (policy && !pinIsAllowed(newPin, policy.content.pin.rules)) throw new RefusalError(refuse('PIN_BREAKS_RULES'))
    })

  return {
    start: (reach, request) =>
      inBackground(reach, request.readerId, () => startIssuance(portsWithin(ports, reach.scope), request)),
    recycle: (reach, place, by) =>
      inBackground(reach, place.readerId, () => recycleDevice(portsWithin(ports, reach.scope), place, by)),

    retry: async (reach, id, readerId, by) => {
      const { issuance } = await load(id)
      const place = await placeOf(reach, id, readerId)
      const within = portsWithin(ports, reach.scope)
      return inBackground(reach, place.readerId, () =>
        issuance.kind === 'RECYCLE' ? recycleDevice(within, place, by, issuance) : retryIssuance(within, id, place, by),
      )
    },

    cancel: async (id, by) => {
      const cancelled = accepted(await cancelIssuance(ports, id, by))
      ended(cancelled)
      return cancelled
    },

    holderPin: async (reach, id, typed, by) => {
      const { issuance } = await load(id)
      if (issuance.state !== 'WAITING_FOR_PIN') throw new RefusalError(refuse('PIN_NOT_EXPECTED'))
      // What a workstation keeps is checked there, where it is typed.
      if ('newPin' in typed) await checkHolderPin(issuance, typed.newPin)
      const place = await placeOf(reach, id)
      return withReader(reach, place.readerId, async release => {
        const work = setHolderPin(ports, id, place, typed, by)
        running.add(work)
        const completed = accepted(await work.finally(() => running.delete(work)))
        release()
        ended(completed)
        return completed
      })
    },

    assign: (reach, request) =>
      withReader(reach, request.readerId, async release => {
        const device = accepted(await assignDevice(portsWithin(ports, reach.scope), request))
        release()
        return device.id
      }),

    isRunning: id => runningIds.has(id),
    runningIds: () => [...runningIds],
    alone: (reach, readerId, work) =>
      withReader(reach, readerId, async release => {
        const doing = work()
        running.add(doing)
        const done = await doing.finally(() => running.delete(doing))
        release()
        return done
      }),

    drain: async () => {
      draining = true
      await Promise.allSettled([...running])
    },
  }
}
