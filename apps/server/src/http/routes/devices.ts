import {
  certificateOf,
  type Database,
  devicesOfUser,
  deviceTimeline,
  getDeviceView,
  listDevices,
} from '@cardwright/adapters/db'
import { routes } from '@cardwright/contract'
import { type Clock, changeDevice, type DeviceChange, getInitialPin, type Keys, type Store } from '@cardwright/core'
import { deviceView } from '../../devices/device-view.ts'
import { actorOf, type Caller } from '../caller.ts'
import { accepted } from '../problems.ts'
import type { Registrar } from '../registrar.ts'
import { found } from './people.ts'

export type DeviceRoutePorts = {
  readonly database: Database
  readonly store: Store
  readonly keys: Keys
  readonly clock: Clock
  /** Called when certificates were changed, so that the wish to the CA is carried out at once. */
  readonly wakeOutbox: () => void
}

export const registerDeviceRoutes = ({ handle }: Registrar, ports: DeviceRoutePorts): void => {
  const { db } = ports.database

  const one = async (id: string, caller: Caller) => deviceView(found(await getDeviceView(db, caller.scope, id)), caller)
  const change = async (deviceId: string, version: number, change: DeviceChange, caller: Caller) => {
    accepted(await changeDevice(ports, { deviceId, version, change, by: actorOf(caller) }))
    ports.wakeOutbox()
    return one(deviceId, caller)
  }

  handle(routes.listDevices, async ({ query, caller }) => {
    const page = await listDevices(db, caller.scope, query)
    return { ...page, rows: page.rows.map(row => deviceView(row, caller)) }
  })
  handle(routes.getDevice, ({ params, caller }) => one(params.id, caller))
  handle(routes.userDevices, async ({ params, caller }) => ({
    rows: (await devicesOfUser(db, caller.scope, params.id)).map(row => deviceView(row, caller)),
  }))
  handle(routes.deviceTimeline, async ({ params, query, caller }) => {
    await one(params.id, caller)
    return deviceTimeline(db, caller.scope, params.id, query)
  })
  handle(routes.certificate, async ({ params }) => {
    const der = found(await certificateOf(db, params.id))
    const lines =
      Buffer.from(der)
        .toString('base64')
        .match(/.{1,64}/g) ?? []
    return { pem: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n') }
  })

  handle(routes.activateDevice, ({ params, body, caller }) =>
    change(params.id, body.version, { change: 'activate' }, caller),
  )
  handle(routes.suspendDevice, ({ params, body, caller }) =>
    change(params.id, body.version, { change: 'suspend', note: body.note }, caller),
  )
  handle(routes.resumeDevice, ({ params, body, caller }) =>
    change(params.id, body.version, { change: 'resume', note: body.note }, caller),
  )
  handle(routes.terminateDevice, ({ params, body, caller }) =>
    change(params.id, body.version, { change: 'terminate', reason: body.reason, note: body.note }, caller),
  )
  handle(routes.unassignDevice, ({ params, body, caller }) =>
    change(params.id, body.version, { change: 'unbind' }, caller),
  )
  handle(routes.initialPin, async ({ params, caller }) => ({
    pin: accepted(await getInitialPin(ports, params.id, actorOf(caller))),
  }))
}
