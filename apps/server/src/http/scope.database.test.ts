import { randomUUID } from 'node:crypto'
import { createDatabase, createPostgresStore, type Db, type GroupScope } from '@cardwright/adapters/db'
import { createTestDatabase, sample, testMacs } from '@cardwright/adapters/testing'
import { isUserRight, permissions, type Route, routes, type ScopedSubject } from '@cardwright/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Reach } from '../relay/reach.ts'
import { callerWith } from '../testing/caller.ts'
import { silentApp } from '../testing/silent-app.ts'
import { createEventStreams } from './event-stream.ts'
import { createRegistrar } from './registrar.ts'
import { createVisibility, type Visibility } from './scope.ts'

type Things = Readonly<Record<ScopedSubject, string>>

let db: Db
let visibility: Visibility
const inside = {} as Record<ScopedSubject, string>
const outside = {} as Record<ScopedSubject, string>
const blank = {} as Record<'device' | 'reader', string>
const cards = new Map<string, string>()

beforeAll(async () => {
  db = await createTestDatabase()
  const database = createDatabase(db, testMacs)
  const store = createPostgresStore(database)
  const owned = async (things: Record<ScopedSubject, string>, name: string) => {
    things.group = randomUUID()
    things.user = randomUUID()
    await db.insertInto('groups').values({ id: things.group, version: 1, name, description: '' }).execute()
    const { createdAt, ...user } = sample.aUser({ id: things.user })
    await db
      .insertInto('users')
      .values({
        id: user.id,
        version: 1,
        login_name: user.loginName,
        display_name: user.displayName,
        given_name: null,
        family_name: null,
        email: null,
        upn: null,
        sid: null,
        employee_number: null,
        department: null,
        status: 'ACTIVE',
        role: null,
        cardholder_uuid: user.cardholderUuid,
        created_at: new Date(createdAt).toISOString(),
      })
      .execute()
    await db.insertInto('memberships').values({ user_id: user.id, group_id: things.group }).execute()
    const device = sample.aDevice({ state: 'ISSUED', userId: user.id })
    const issuance = sample.anIssuance(device.id, { userId: user.id, state: 'COMPLETED', lease: null })
    const credential = sample.aCredential(device.id, issuance.id)
    const request = sample.aRequest(user.id, device.id)
    const print = sample.aPrintJob(device.id, user.id)
    const deliveryId = randomUUID()
    await store.transaction(async tx => {
      await tx.devices.save(device)
      await tx.issuances.save(issuance)
      await tx.credentials.save(credential)
      await tx.requests.save(request)
      await tx.printJobs.save(print)
      await tx.deliveries.queue({
        ...{ id: deliveryId, kind: 'PIN', channel: 'PRINT', userId: user.id, deviceId: device.id },
        ...{ issuanceId: issuance.id, createdAt: sample.aTime, tryUntil: sample.aTime + 1 },
      })
    })
    things.device = device.id
    things.issuance = issuance.id
    things.credential = credential.id
    things.request = request.id
    things['print-job'] = print.id
    things.delivery = deliveryId
    things.reader = `reader of ${name}`
    cards.set(things.reader, device.identity)
  }
  await owned(inside, 'Inside')
  await owned(outside, 'Outside')
  const nobodys = sample.aDevice()
  await store.transaction(tx => tx.devices.save(nobodys))
  blank.device = nobodys.id
  blank.reader = 'reader with a blank card'
  cards.set(blank.reader, nobodys.identity)
  cards.set('reader with a card never seen', 'serial:never seen')
  const readers = [...cards].map(([id, identity]) => ({
    id,
    name: id,
    virtual: true,
    busy: false,
    card: { insertion: '1', state: 'read' as const, facts: { identity, guid: null } },
  }))
  const reach = { readers: async () => readers } as unknown as Reach
  visibility = createVisibility({ database, store, reachOf: () => reach })
})
afterAll(() => db.destroy())

/** Every route of the table as it declares itself, its schemas left out: what is asked here comes after them. */
const appFor = async (scope: GroupScope) => {
  const reached: string[] = []
  const denied: string[] = []
  const app = await silentApp()
  const registrar = createRegistrar(app, {
    authenticate: async () => callerWith(permissions, scope),
    authenticateVisitor: async () => null,
    idempotency: { once: async (_asker, _route, _request, work) => ({ status: 200, answer: await work() }) },
    streams: createEventStreams(async () => true),
    visibility,
    denied: async (_caller, route) => void denied.push(route.id),
  })
  const anything = z.looseObject({})
  for (const { query: _, body: __, ...route } of Object.values(routes) as Route[]) {
    const open = { ...route, answer: anything } as Route
    if (route.stream) {
      registrar.stream(open, async (_call, stream) => {
        reached.push(route.id)
        stream.close()
        return () => {}
      })
    } else
      registrar.handle(open, () => {
        reached.push(route.id)
        return {}
      })
  }
  const call = async (route: Route, things: Partial<Things>) => {
    reached.length = 0
    const pick = (subjects: Readonly<Record<string, ScopedSubject>> = {}) =>
      Object.fromEntries(
        Object.entries(subjects).map(([member, subject]) => [member, things[subject] ?? inside[subject]]),
      )
    const about = things[route.about as ScopedSubject] ?? inside[route.about as ScopedSubject] ?? randomUUID()
    const response = await app.inject({
      method: route.method,
      url: route.path.replace(':id', encodeURIComponent(about)).replace(/:(\w+)/, (_, name) => wordFor(route, name)),
      query: pick(route.aboutQuery),
      headers: { host: 'localhost', 'x-csrf-token': 'token' },
      ...(route.method === 'GET' ? {} : { payload: pick(route.aboutBody) }),
    })
    return { status: response.statusCode, code: safeCode(response.body), reached: reached.includes(route.id) }
  }
  return { call, denied, close: () => app.close() }
}
/** One of the program's own words, such as the name of a script. */
const wordFor = ({ params }: Route, name: string): string => {
  const { options = [] } = ((params as z.ZodObject).shape[name] ?? {}) as { readonly options?: readonly unknown[] }
  return String(options[0])
}
const safeCode = (body: string): string | undefined => (body.startsWith('{') ? JSON.parse(body).code : undefined)

const operators = (Object.values(routes) as Route[]).filter(r => r.access !== 'public' && !isUserRight(r.access))
/** Each subject that a route names, wherever it does. */
const subjectsOf = ({ about, aboutQuery, aboutBody }: Route): ScopedSubject[] => [
  ...new Set(
    [about, ...Object.values(aboutQuery ?? {}), ...Object.values(aboutBody ?? {})].filter(
      subject => subject !== undefined && subject in inside,
    ) as ScopedSubject[],
  ),
]

describe('a role for the own groups', () => {
  test('every route that names something of a user: outside is NOT_FOUND, inside is reached', async () => {
    const own = await appFor({ groupIds: [inside.group] })
    const seen = new Set<ScopedSubject>()
    for (const route of operators.filter(r => !r.needsAllGroups)) {
      expect([route.id, await own.call(route, {})]).toMatchObject([route.id, { status: 200, reached: true }])
      for (const subject of subjectsOf(route)) {
        seen.add(subject)
        const result = await own.call(route, { [subject]: outside[subject] })
        expect([route.id, subject, result]).toEqual([
          route.id,
          subject,
          { status: 404, code: 'NOT_FOUND', reached: false },
        ])
      }
    }
    expect([...seen].sort()).toEqual(Object.keys(inside).sort())
    await own.close()
  })

  test("nobody's device and an unknown card are there to be issued; what does not exist is NOT_FOUND as well", async () => {
    const own = await appFor({ groupIds: [inside.group] })
    const { getDevice, startIssuance, getUser } = routes as unknown as Readonly<Record<string, Route>>
    const reached = { status: 200, reached: true }
    expect(await own.call(getDevice as Route, { device: blank.device })).toMatchObject(reached)
    for (const reader of [blank.reader, 'reader with a card never seen', 'no such reader'])
      expect(await own.call(startIssuance as Route, { reader })).toMatchObject(reached)
    expect(await own.call(getUser as Route, { user: randomUUID() })).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    await own.close()
  })

  test('what concerns everybody is refused, and the try is recorded', async () => {
    const own = await appFor({ groupIds: [inside.group] })
    const everybody = operators.filter(r => r.needsAllGroups)
    for (const route of everybody)
      expect([route.id, await own.call(route, {})]).toEqual([
        route.id,
        { status: 403, code: 'ALL_GROUPS_REQUIRED', reached: false },
      ])
    expect(own.denied).toEqual(everybody.map(r => r.id))
    await own.close()
  })

  test('an operator in no group sees nobody, only blank devices', async () => {
    const none = await appFor({ groupIds: [] })
    for (const route of operators.filter(r => !r.needsAllGroups && subjectsOf(r).length > 0))
      expect([route.id, await none.call(route, {})]).toMatchObject([route.id, { status: 404 }])
    const { getDevice } = routes as unknown as Readonly<Record<string, Route>>
    expect(await none.call(getDevice as Route, { device: blank.device })).toMatchObject({ status: 200 })
    await none.close()
  })
})

test('a role for all groups reaches everything', async () => {
  const all = await appFor('ALL')
  for (const route of operators)
    expect([route.id, await all.call(route, outside)]).toMatchObject([route.id, { status: 200, reached: true }])
  await all.close()
})
