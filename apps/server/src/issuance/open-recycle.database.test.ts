import { openDatabase } from '@cardwright/adapters/db'
import type { Device, IssuanceView, Reader, Session, User } from '@cardwright/contract'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client } from '../testing/client.ts'
import { PASSWORD, startTestHost, type TestServer } from '../testing/test-server.ts'

let host: Awaited<ReturnType<typeof startTestHost>>
let server: TestServer
let admin: Client
beforeAll(async () => {
  host = await startTestHost()
  server = await host.startTestServer()
  admin = await server.administrator()
}, 120_000)
afterAll(async () => {
  await server.stop()
  await host.stop()
})

const insertion = async (readerId: string) => {
  const { body } = await admin.call<{ readers: Reader[] }>('GET', '/api/readers')
  return body.readers.find(r => r.id === readerId)?.card?.insertion
}
const end = async (id: string) => {
  for await (const view of admin.events<IssuanceView>(`/api/issuances/${id}/events`)) {
    if (view.state !== 'RUNNING') return view
  }
  throw new Error('the stream ended early')
}
/** A recycle that is stored as failed: pulling the card at the right moment would be a race. */
const failedRecycle = async (): Promise<IssuanceView> => {
  const place = { readerId: 'virtual:1', insertion: await insertion('virtual:1') }
  const recycled = await admin.call<IssuanceView>('POST', '/api/recycles', place)
  await end(recycled.body.id)
  const db = openDatabase({ connectionString: server.databaseUrl }, { onConnectionLost: () => {} })
  await sql`update issuances set state = 'FAILED', ended_at = null, version = version + 1
    where id = ${recycled.body.id}`.execute(db)
  await db.destroy()
  return recycled.body
}
const helpDesk = async (): Promise<Client> => {
  const made = await admin.call<User>('POST', '/api/users', { loginName: 'help', displayName: 'Help', groupIds: [] })
  const path = `/api/users/${made.body.id}/invitation`
  const { link } = (await admin.call<{ link: string }>('POST', path, { role: 'HELP_DESK' })).body
  const token = new URL(link).hash.slice('#token='.length)
  const client = server.client()
  const session = await client.call<Session>('POST', '/api/invitation/password', { token, password: PASSWORD })
  client.csrfToken = session.body.csrfToken
  return client
}

test('a failed recycle: no Assign until it is done; Retry erases no other card and is recorded for who retried', async () => {
  const recycle = await failedRecycle()
  const user = (await admin.call<{ rows: User[] }>('GET', '/api/users?q=li.wei')).body.rows[0]
  const assign = { userId: user?.id, readerId: 'virtual:1', insertion: await insertion('virtual:1') }
  const refused = await admin.call('POST', '/api/assignments', assign)
  expect([refused.status, refused.body.code]).toEqual([409, 'CARD_NEEDS_RECYCLING'])

  const help = await helpDesk()
  const path = `/api/issuances/${recycle.id}/retry`
  const other = await help.call('POST', path, { readerId: 'virtual:2' })
  expect(other.body.code).toBe('CARD_EXCHANGED')
  const again = await help.call<IssuanceView>('POST', path, {})
  expect(again.status).toBe(200)
  expect((await end(again.body.id)).state).toBe('COMPLETED')
  type Timeline = { rows: { action: string; actor: string | { label: string } }[] }
  const { rows } = (await admin.call<Timeline>('GET', `/api/devices/${recycle.deviceId}/timeline`)).body
  const recycles = rows.filter(row => row.action === 'device.recycled')
  expect(JSON.stringify(recycles[0])).toContain('Help')

  const bound = await admin.call<{ deviceId: string }>('POST', '/api/assignments', {
    ...assign,
    insertion: await insertion('virtual:1'),
  })
  expect(bound.status).toBe(200)
  const device = await admin.call<Device>('GET', `/api/devices/${bound.body.deviceId}`)
  expect([device.body.state, device.body.user?.id]).toEqual(['ASSIGNED', user?.id])
}, 60_000)
