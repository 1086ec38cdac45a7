import { type Database, devicesOfUser } from '@cardwright/adapters/db'
import {
  routes,
  type SelfIssuance as SelfView,
  type UserDevice,
  type UserService,
  type UserSession,
} from '@cardwright/contract'
import {
  type Actor,
  changePin,
  type Device,
  type Issuance,
  type IssuancePorts,
  type KeptValues,
  logInWithDevice,
  RefusalError,
  refuse,
  type User,
  type UserPortalSettings,
  unlockPin,
} from '@cardwright/core'
import type { FastifyReply } from 'fastify'
import type { IssuanceEvents } from '../../issuance/event-bus.ts'
import type { IssuanceService } from '../../issuance/issuance-service.ts'
import type { IssuanceViews } from '../../issuance/issuance-view.ts'
import type { Reach } from '../../relay/reach.ts'
import type { OwnRequests } from '../../self-service/own-requests.ts'
import type { SelfIssuance } from '../../self-service/self-issuance.ts'
import { selfView } from '../../self-service/self-view.ts'
import { userReaderList } from '../../self-service/user-readers.ts'
import { userActorOf, type Visitor } from '../caller.ts'
import { followLive } from '../follow-live.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import { accepted, EdgeError } from '../problems.ts'
import type { Registrar } from '../registrar.ts'

export type SelfServicePorts = {
  readonly database: Database
  readonly issuing: IssuancePorts
  readonly service: IssuanceService
  readonly events: IssuanceEvents
  readonly view: IssuanceViews
  readonly selfIssuance: SelfIssuance
  readonly ownRequests: OwnRequests
  readonly userPortalSettings: () => Promise<UserPortalSettings>
  readonly reachOfVisit: (visitor: Visitor) => Reach
  readonly publicUrl: () => string
  /** U-5: whether this visit has to set security questions before anything else. */
  readonly mustSetQuestions: (visitor: Visitor) => Promise<boolean>
  readonly answersSetAt: (userId: string) => Promise<number | null>
  /** The visit goes on as this user's, under a new token. */
  readonly logIn: (
    at: { readonly visitor: Visitor; readonly reply: FastifyReply },
    user: User,
    service: UserService,
    deviceId: string,
  ) => Promise<UserSession>
  /** An issuance that goes on is no idle time. */
  readonly touchVisit: (visitId: string) => Promise<void>
  /** Tests do not wait for the next look at the store. */
  readonly pollMs?: number
}

/** What the users do themselves with a device in front of them (REQUIREMENTS §3). */
export const registerSelfServiceRoutes = ({ handle, stream }: Registrar, ports: SelfServicePorts): void => {
  const { issuing, service, events, selfIssuance, reachOfVisit } = ports
  const { store } = issuing

  const who = (visitor: Visitor) => {
    const actor = userActorOf(visitor)
    return { userId: actor.id, actor, reach: reachOfVisit(visitor) }
  }

  // Readers
  const readers = (visitor: Visitor) => userReaderList(store, reachOfVisit(visitor), visitor.user?.id ?? null)
  handle(routes.userReaders, ({ visitor }) => readers(visitor))
  stream(routes.watchUserReaders, async ({ visitor }, stream) => {
    const send = oneAtATime(async () => {
      if (!stream.closed) stream.send(await readers(visitor))
    })
    await send()
    return reachOfVisit(visitor).watch(() => void send().catch(() => stream.close()))
  })

  // Login with the device
  handle(routes.loginDevice, ({ visitor, body: { kept, ...place }, reply }) => {
    const request = { ...place, typed: { kept }, serverUrl: ports.publicUrl(), visit: visitor.sessionId }
    return service.alone(reachOfVisit(visitor), place.readerId, async () => {
      const { user, device } = accepted(await logInWithDevice(issuing, request))
      return ports.logIn({ visitor, reply }, user, 'DEVICE', device.id)
    })
  })

  // Self-issuance
  const shown = async (issuance: Issuance): Promise<SelfView> => {
    const { enableIssuanceRetry } = await ports.userPortalSettings()
    const view = await ports.view(issuance)
    return selfView(view, {
      paused: selfIssuance.isPaused(issuance),
      mayRetry: enableIssuanceRetry && issuance.state === 'FAILED',
      delivery: { ...issuance.delivery },
    })
  }
  /** The live state if it runs here, else the stored one: whichever is newer. */
  const current = async (id: string, visitor: Visitor): Promise<Issuance> => {
    const stored = await selfIssuance.own(id, userActorOf(visitor).id)
    const live = events.latest(id)
    return live && live.version >= stored.version ? live : stored
  }
  handle(routes.startSelfIssuance, async ({ visitor, body }) => {
    if (await ports.mustSetQuestions(visitor)) throw new EdgeError('QUESTIONS_REQUIRED')
    return shown(await selfIssuance.start({ ...who(visitor), onlyDeviceId: visitor.deviceId }, body))
  })
  handle(routes.getSelfIssuance, async ({ visitor, params }) => shown(await current(params.id, visitor)))
  handle(routes.retrySelfIssuance, async ({ visitor, params }) =>
    shown(await selfIssuance.retry(who(visitor), params.id)),
  )
  handle(routes.setOwnPin, async ({ visitor, params, body }) =>
    shown(await selfIssuance.setPin(who(visitor), params.id, body)),
  )
  stream(routes.watchSelfIssuance, ({ visitor, params }, stream) =>
    followLive(stream, {
      // The user who waits here is what makes this server go on with what another one left behind.
      current: async () => {
        await selfIssuance.goOn(who(visitor), params.id)
        const now = await current(params.id, visitor)
        if (now.state === 'RUNNING') await ports.touchVisit(visitor.sessionId)
        return now
      },
      watch: changed => events.watch(params.id, changed),
      view: shown,
      pollMs: ports.pollMs,
    }),
  )

  // The user's own devices
  handle(routes.userHome, async ({ visitor }) => {
    const { user } = visitor
    if (user === null) throw new EdgeError('LOGIN_REQUIRED')
    const [devices, answersSetAt, open, requests] = await Promise.all([
      devicesOfUser(ports.database.db, 'ALL', user.id),
      ports.answersSetAt(user.id),
      store.transaction(tx => tx.issuances.openOfUser(user.id)),
      ports.ownRequests(user.id),
    ])
    return {
      user: { ...user },
      devices: devices.map(({ view }) => userDevice(view)),
      questionsSet: answersSetAt !== null,
      answersSetAt: answersSetAt === null ? null : new Date(answersSetAt).toISOString(),
      openIssuance: open && { id: open.id, serial: open.serial },
      requests,
    }
  })
  handle(routes.unlockRules, async ({ visitor, params }) => {
    const device = await ownDevice(params.id, userActorOf(visitor))
    const { policyId, policyVersion } = device
    const policy =
      policyId && policyVersion ? await store.transaction(tx => tx.policies.get(policyId, policyVersion)) : null
    return { rules: policy ? { ...policy.content.pin.rules } : null }
  })
  const ownDevice = async (id: string, { id: userId }: Actor): Promise<Device> => {
    const device = await store.transaction(tx => tx.devices.get(id))
    if (device === null || device.userId !== userId) throw new RefusalError(refuse('NOT_FOUND'))
    return device
  }
  type PinWork = { readonly visitor: Visitor; readonly params: { readonly id: string } }
  type PinBody = { readonly readerId: string; readonly insertion: string } & KeptValues
  const withOwnDevice = async (
    { visitor, params }: PinWork,
    { kept, ...place }: PinBody,
    flow: typeof unlockPin | typeof changePin,
  ) => {
    const by = userActorOf(visitor)
    const device = await ownDevice(params.id, by)
    await service.alone(reachOfVisit(visitor), place.readerId, async () => {
      accepted(await flow(issuing, { deviceId: device.id, place, typed: { kept }, by }))
    })
    return {}
  }
  handle(routes.changeOwnPin, call => withOwnDevice(call, call.body, changePin))
  handle(routes.unlockOwnPin, call => withOwnDevice(call, call.body, unlockPin))
}

const userDevice = (view: UserDevice): UserDevice => ({
  id: view.id,
  serial: view.serial,
  model: view.model,
  form: view.form,
  state: view.state,
  reason: view.reason,
  suspended: view.suspended,
  expiresAt: view.expiresAt,
  credentials: view.credentials,
})
