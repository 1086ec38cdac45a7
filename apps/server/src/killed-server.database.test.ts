import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Device, IssuanceOptions, IssuanceView, Reader, Session, User } from '@cardwright/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createClient } from './testing/client.ts'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))
const PASSWORD = 'correct horse battery staple'
let dataDir: string
let child: ChildProcess | undefined
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'cardwright-killed-'))
})
afterEach(async () => {
  if (child && child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  rmSync(dataDir, { recursive: true, force: true })
})

/** The server as `npm start` runs it, with its embedded PostgreSQL. */
const start = async (): Promise<{ process: ChildProcess; url: string; link: string | undefined }> => {
  const server = spawn(process.execPath, [main, '--data', dataDir, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child = server
  let link: string | undefined
  for await (const line of createInterface({ input: server.stdout })) {
    link = /http:\S+\/setup#token=\S+/.exec(line)?.[0] ?? link
    const url = /Listening on (\S+)/.exec(line)?.[1]
    if (url !== undefined) return { process: server, url, link }
  }
  throw new Error('the server ended before it listened')
}

test('I-17: a server killed while it writes a card leaves what Retry finishes, with no second certificate', async () => {
  const first = await start()
  let url = first.url
  const admin = createClient(() => url)
  const token = new URL(first.link ?? '').hash.slice('#token='.length)
  admin.csrfToken = (
    await admin.call<Session>('POST', '/api/invitation/password', { token, password: PASSWORD })
  ).body.csrfToken

  const user = (await admin.call<{ rows: User[] }>('GET', '/api/users?q=li.wei')).body.rows[0]
  const reader = (await admin.call<{ readers: Reader[] }>('GET', '/api/readers')).body.readers[0]
  const found = await admin.call<IssuanceOptions>(
    'GET',
    `/api/users/${user?.id}/issuance-options?readerId=${reader?.id}`,
  )
  const policy = found.body.policies.find(p => p.name === 'PIV, RSA-2048')
  const started = await admin.call<IssuanceView>('POST', '/api/issuances', {
    userId: user?.id,
    readerId: reader?.id,
    insertion: reader?.card?.insertion,
    action: 'ISSUE',
    policyId: policy?.id,
    pin: '284917',
  })
  const path = `/api/issuances/${started.body.id}`
  for await (const view of admin.events<IssuanceView>(`${path}/events`)) {
    if (view.steps.some(s => s.key === 'generate-key' && s.state === 'RUNNING')) break
  }
  first.process.kill('SIGKILL')
  await once(first.process, 'exit')

  const second = await start()
  url = second.url
  expect(second.link).toBeUndefined()
  const swept = await admin.call<IssuanceView>('GET', path)
  expect([swept.body.state, swept.body.error?.code]).toEqual(['FAILED', 'SERVER_INTERRUPTED'])
  const again = await admin.call<IssuanceView>('POST', `${path}/retry`, {})
  expect([again.status, again.body.attempt]).toEqual([200, 2])
  let last = again.body
  for await (const view of admin.events<IssuanceView>(`${path}/events`)) {
    last = view
    if (view.state !== 'RUNNING') break
  }
  expect([last.state, last.error]).toEqual(['COMPLETED', null])
  const device = (await admin.call<Device>('GET', `/api/devices/${last.deviceId}`)).body
  expect(device.credentials.filter(c => c.state === 'ISSUED').map(c => c.slot)).toEqual(['9A', '9C', '9D', '9E'])
  const verified = await admin.call<{ intact: boolean }>('POST', '/api/audit/verify')
  expect(verified.body.intact).toBe(true)

  second.process.kill('SIGTERM')
  const [code] = await once(second.process, 'exit')
  expect(code).toBe(0)
}, 90_000)
