import {
  type Actor,
  type CardFacts,
  findDevice,
  type Issuance,
  type KeptValues,
  mayBeIssued,
  type Refusal,
  RefusalError,
  refuse,
  type Store,
  type UserPortalSettings,
} from '@cardwright/core'
import type { IssuanceService } from '../issuance/issuance-service.ts'
import type { Reach } from '../relay/reach.ts'
import { whatToIssue } from './what-to-issue.ts'

export type SelfIssuancePorts = {
  readonly store: Store
  readonly service: IssuanceService
  readonly settings: () => Promise<UserPortalSettings>
  readonly clock: () => number
}

type Who = { readonly userId: string; readonly actor: Actor; readonly reach: Reach }

/** How often an issuance that broke off with its server or its connection goes on by itself, before a person is asked. */
const BY_ITSELF = 5

/** What breaks without anybody's doing, and is mended by doing the rest again (REQUIREMENTS I-17). */
const interrupted = (issuance: Issuance): boolean =>
  issuance.state === 'FAILED' &&
  (issuance.error?.code === 'SERVER_INTERRUPTED' || issuance.error?.code === 'RELAY_LOST') &&
  issuance.attempt <= BY_ITSELF

/** The user issues to themselves (REQUIREMENTS §3), with the flows of the Operator portal. */
export const createSelfIssuance = (ports: SelfIssuancePorts) => {
  const { store, service } = ports

  const own = async (id: string, userId: string): Promise<Issuance> => {
    const issuance = await store.transaction(tx => tx.issuances.get(id))
    if (issuance === null || issuance.userId !== userId || issuance.startedBy.kind !== 'user')
      throw new RefusalError(refuse('NOT_FOUND'))
    return issuance
  }

  /** `onlyDeviceId`: the device that the login was made for, if it was for one. */
  const start = async (
    { userId, actor, reach, onlyDeviceId }: Who & { readonly onlyDeviceId?: string | null },
    place: { readerId: string; insertion: string },
  ) => {
    const settings = await ports.settings()
    const reader = (await reach.readers()).find(r => r.id === place.readerId)
    if (!reader) throw new RefusalError(refuse('READER_LOST'))
    if (reader.card?.state === 'unusable') throw new RefusalError(refuse(reader.card.problem.code))
    if (reader.card?.state !== 'read') throw new RefusalError(refuse('CARD_ABSENT'))
    const { facts } = reader.card
    try {
      await refuseOthers(store, userId, facts)
      const issued = await store.transaction(tx => whatToIssue(tx, userId, facts))
      return await service.start(reach, {
        kind: 'ISSUE',
        ...issued,
        userId,
        ...place,
        // Held against the card as it is read for the claim: what the workstation showed before may have been another.
        self: {
          mayBind: settings.whoCanBind === 'USER',
          changePin: settings.changePinDuringIssuance,
          onlyDeviceId: onlyDeviceId ?? null,
        },
        startedBy: actor,
      })
    } catch (error) {
      if (error instanceof RefusalError && ofSomebodyElse(error.refusal)) {
        await recordDenied(ports, actor, facts.serial, error.refusal)
        // Whose it is, is told to the audit and to nobody else.
        throw new RefusalError(refuse('CARD_ISSUED_TO_OTHER', { user: 'somebody else' }))
      }
      if (error instanceof RefusalError && byOtherThan(error.refusal, actor))
        throw new RefusalError(refuse('IN_PROGRESS_ELSEWHERE', { by: 'somebody else' }))
      throw error
    }
  }

  const retry = async ({ userId, actor, reach }: Who, id: string): Promise<Issuance> => {
    await own(id, userId)
    const { enableIssuanceRetry } = await ports.settings()
    if (!enableIssuanceRetry) throw new RefusalError(refuse('NOT_PERMITTED', { permission: 'retry' }))
    return service.retry(reach, id, undefined, actor)
  }

  /**
   * Goes on with what was interrupted, as soon as the workstation is connected to this server. Two servers may try at
   * once: the claim lets one of them win.
   */
  const goOn = async ({ userId, actor, reach }: Who, id: string): Promise<void> => {
    const issuance = await own(id, userId)
    if (!interrupted(issuance) || !reach.hasWorkstation()) return
    await service.retry(reach, id, undefined, actor).catch(error => {
      // Not the moment yet: the card is being read, or another server was faster. The next look tries again.
      if (!(error instanceof RefusalError)) throw error
    })
  }

  const setPin = async ({ userId, actor, reach }: Who, id: string, typed: KeptValues): Promise<Issuance> => {
    await own(id, userId)
    return service.holderPin(reach, id, typed, actor)
  }

  /**
   * Nothing happens at the moment, and nobody has to do anything: it broke off, or the server that it runs at does not have
   * this visitor any more. A workstation is connected where its page is, so what runs elsewhere has lost its card; once that
   * server says so, or its lease has ended, it goes on here.
   */
  const isPaused = (issuance: Issuance): boolean =>
    interrupted(issuance) || (issuance.state === 'RUNNING' && !service.isRunning(issuance.id))

  return { own, start, retry, goOn, setPin, isPaused }
}

export type SelfIssuance = ReturnType<typeof createSelfIssuance>

const ofSomebodyElse = ({ code }: Refusal): boolean => code === 'CARD_ISSUED_TO_OTHER'

/** Before anything is said of policies: they are no reason why this device is refused. The claim looks once more. */
const refuseOthers = (store: Store, userId: string, facts: CardFacts): Promise<void> =>
  store.transaction(async tx => {
    const device = await findDevice(tx, facts)
    const may = device ? mayBeIssued(device, userId, null) : null
    if (may && !may.ok && ofSomebodyElse(may)) throw new RefusalError(may)
  })

/** Who has a device that is somebody else's in hand is not this user's to know. */
const byOtherThan = ({ code, params }: Refusal, actor: Actor): boolean =>
  code === 'IN_PROGRESS_ELSEWHERE' && params.by !== actor.label

/** U-3: bound to another user: refused, audited. */
const recordDenied = (ports: SelfIssuancePorts, actor: Actor, serial: string, refusal: Refusal): Promise<void> =>
  ports.store.transaction(tx =>
    tx.audit({
      at: ports.clock(),
      actor,
      action: 'issuance.denied',
      object: { type: 'user', id: actor.id, label: actor.label },
      userId: actor.id,
      deviceId: null,
      result: 'DENIED',
      reason: refusal.code,
      details: { serial },
    }),
  )
