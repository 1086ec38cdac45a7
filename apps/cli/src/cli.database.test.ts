import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLog, type RunningServer, startServer } from '@cardwright/server'
import { localAccessFile } from '@cardwright/server/command-line'
import { afterAll, beforeAll, expect, test } from 'vitest'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))
let dataDir: string
let server: RunningServer
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'cardwright-cli-'))
  server = await startServer(
    {
      dataDir,
      host: '127.0.0.1',
      port: 0,
      url: undefined,
      demo: true,
      databaseUrl: undefined,
      passphrase: undefined,
      logLevel: 'silent',
      trustProxy: false,
    },
    createLog('silent'),
  )
})
afterAll(async () => {
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

type Ran = { readonly code: number; readonly out: string; readonly err: string }
const run = (...args: string[]): Promise<Ran> =>
  new Promise(resolve => {
    execFile(process.execPath, [main, ...args, '--data', dataDir], (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })
const pinFile = (pin: string): string => {
  const file = join(dataDir, `pin-${pin}`)
  writeFileSync(file, `${pin}\n`, { mode: 0o600 })
  return file
}

test('issue, inspect, terminate nothing by accident, verify: one card from a terminal', async () => {
  const readers = JSON.parse((await run('readers', '--json')).out)
  expect(readers.readers.map((r: { virtual: boolean }) => r.virtual)).toContain(true)

  const pin = pinFile('284917')
  const issue = [
    'issue',
    '--user',
    'li.wei',
    '--policy',
    'PIV, P-256',
    '--reader',
    'Virtual reader 1',
    '--pin-file',
    pin,
  ]
  const issued = await run(...issue)
  expect([issued.code, issued.out]).toEqual([0, expect.stringMatching(/^Done: device \d+ of 李伟/)])
  expect(issued.err).toMatch(/100 % {2}Finish/)
  expect(issued.out + issued.err).not.toContain('284917')

  const inspected = JSON.parse((await run('inspect', '--reader', 'virtual:1', '--json')).out)
  expect(inspected.device.credentials).toHaveLength(4)

  const recycled = await run('recycle', '--reader', 'virtual:1')
  expect([recycled.code, recycled.err]).toEqual([1, expect.stringContaining('ISSUED')])

  const verified = await run('audit', 'verify')
  expect([verified.code, verified.out]).toEqual([0, expect.stringContaining('intact')])
})

test('a PIN that breaks a rule, a policy that does not fit and an unknown reader are refused in words', async () => {
  const at = ['--user', 'giulia.rossi', '--reader', 'Virtual reader 2']
  const weak = await run('issue', ...at, '--policy', 'PIV, P-256', '--pin-file', pinFile('123456'))
  expect([weak.code, weak.err]).toEqual([1, expect.stringContaining('rules')])
  const unfit = await run('issue', ...at, '--policy', 'RSA-4096', '--pin-file', pinFile('284917'))
  expect([unfit.code, unfit.err]).toEqual([1, expect.stringContaining('Slot 9A needs RSA-4096')])
  const unknown = await run('inspect', '--reader', 'nowhere')
  expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('Virtual reader 1')])
})

test('the PIN is no argument, and without a terminal it is not asked for', async () => {
  const asArgument = await run('issue', '--pin', '284917')
  expect(asArgument.code).toBe(2)
  const without = await run('issue', '--user', 'giulia.rossi', '--policy', 'PIV, P-256', '--reader', 'Virtual reader 2')
  expect([without.code, without.err]).toEqual([2, expect.stringContaining('--pin-file')])
})

test('admin-link gives a link that opens', async () => {
  const { out } = await run('admin-link', '--json')
  const token = new URL(JSON.parse(out).link).hash.slice('#token='.length)
  const opened = await fetch(`${server.url}/api/invitation/open`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  })
  expect(await opened.json()).toMatchObject({ loginName: 'admin' })
})

test('requests are listed, denied with a note and cancelled', async () => {
  const { url, token } = JSON.parse(readFileSync(localAccessFile(dataDir), 'utf8'))
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const headers = { authorization: `Bearer ${token}`, 'x-csrf-token': token, 'content-type': 'application/json' }
    const response = await fetch(url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
    return (await response.json()) as T
  }
  const { rows: users } = await call<{ rows: { id: string }[] }>('GET', '/api/users?q=giulia.rossi')
  const { rows: policies } = await call<{ rows: { id: string; content: { name: string } }[] }>('GET', '/api/policies')
  const ask = (name: string) => {
    const policyId = policies.find(p => p.content.name === name)?.id
    return call<{ id: string }>('POST', `/api/users/${users[0]?.id}/issuance-requests`, { policyId })
  }
  const asked = await ask('PIV, P-256')
  const listed = await run('requests', 'list', '--queue', 'to-issue')
  expect([listed.code, listed.out]).toEqual([0, expect.stringMatching(/APPROVED +ISSUANCE: Giulia Rossi, PIV, P-256/)])
  expect((await run('requests', '--queue', 'to-approve')).out).toBe('No requests.\n')
  const denied = await run('requests', 'deny', '--request', asked.id, '--note', 'too late')
  expect([denied.code, denied.err]).toEqual([1, expect.stringContaining('You are the requester')])
  const cancelled = await run('requests', 'cancel', '--request', asked.id, '--json')
  expect(JSON.parse(cancelled.out).state).toBe('CANCELLED')
  expect([(await run('requests', '--queue', 'nowhere')).code, (await run('requests', 'approve')).code]).toEqual([2, 2])
})

test('the token of the command line is good for this server only, over loopback only', async () => {
  const call = (headers: Record<string, string>) => fetch(`${server.url}/api/users`, { headers })
  expect((await call({ authorization: `Bearer ${'A'.repeat(43)}` })).status).toBe(401)
})
