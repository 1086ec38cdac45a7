import type { RequestView, routes } from '@cardwright/contract'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { byOcsp, onCrl, relyingPartiesSee } from '../testing/relying-parties.ts'
import { createRequestBench, ok } from '../testing/requests.ts'
import { startTestHost } from '../testing/test-server.ts'

const MINUTE = 60_000
let host: Awaited<ReturnType<typeof startTestHost>>
beforeAll(async () => {
  host = await startTestHost()
}, 60_000)
afterAll(() => host.stop())

test('R-3: with the CA away for an hour the request stands, the backlog shows, and the hold is done afterwards', async () => {
  let now = Date.now()
  const server = await host.startTestServer({ clock: () => now })
  const database = new pg.Client(server.databaseUrl)
  try {
    await database.connect()
    const bench = await createRequestBench(server)
    const path = '/api/settings/security'
    const stored = ok(await bench.admin.call<{ version: number; settings: object }>('GET', path))
    ok(await bench.admin.call('PUT', path, { ...stored, settings: { ...stored.settings, idleMinutes: 480 } }))
    const before = await bench.issue((await bench.user('anna.lindstrom')).id)
    const serials = before.credentials.map(c => c.serialNumber)
    type Home = z.output<typeof routes.home.answer>
    const home = async () => ok(await bench.admin.call<Home>('GET', '/api/home'))

    // The built-in CA cannot write what it is told: as away as it can be.
    await database.query(`create function refuse_status() returns trigger language plpgsql as
      $$ begin raise exception 'the certificate authority is away'; end $$`)
    await database.query(`create trigger away before update on authority_certificates
      for each row execute function refuse_status()`)
    const request = ok(await bench.declare(before, 'STOLEN'))
    expect(request.state).toBe('APPROVED')
    expect((await bench.device(before.id)).credentials.map(c => c.state)).toEqual(serials.map(() => 'ON_HOLD'))
    await expect.poll(async () => (await home()).authorityBacklog?.waiting, { timeout: 20_000 }).toBe(4)
    for (let passed = 0; passed < 60; passed += 10) now += 10 * MINUTE
    expect((await home()).lossReports).toMatchObject([{ requestId: request.id, notRevoked: 4, onHold: 0 }])
    expect(await onCrl(bench.url(), serials)).toEqual(serials.map(() => null))
    expect(new Set(await byOcsp(bench.url(), serials))).toEqual(new Set(['good']))
    expect((await bench.request(request.id)).state).toBe('APPROVED')

    await database.query('drop trigger away on authority_certificates')
    now += 10 * MINUTE
    await relyingPartiesSee(bench.url(), before, 'certificateHold')
    await expect.poll(async () => (await home()).authorityBacklog, { timeout: 20_000 }).toBeNull()
    expect((await home()).lossReports).toMatchObject([{ notRevoked: 4, onHold: 4 }])
    const cancelled = ok(await bench.decide(bench.helpDesk, await bench.request(request.id), 'cancel'))
    expect((cancelled as RequestView).state).toBe('CANCELLED')
    await relyingPartiesSee(bench.url(), before, null)
  } finally {
    await database.end()
    await server.stop()
  }
}, 120_000)
