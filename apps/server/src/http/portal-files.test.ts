import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { registerPortal } from './portal-files.ts'

const app = Fastify()
let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cardwright-portal-'))
  await writeFile(join(directory, 'index.html'), 'operators')
  await writeFile(join(directory, 'user.html'), 'users')
  await registerPortal(app, directory)
})
afterAll(async () => {
  await app.close()
  await rm(directory, { recursive: true })
})

const get = (url: string, accept = 'text/html') => app.inject({ url, headers: { accept } })

test.each([
  ['/', 'operators'],
  ['/operator/users', 'operators'],
  ['/users', 'operators'],
  ['/username', 'operators'],
  ['/user', 'users'],
  ['/user/', 'users'],
  ['/user?from=mail', 'users'],
  ['/user/issue/login', 'users'],
])('%s is the page of the %s', async (url, page) => {
  const response = await get(url)
  expect([response.statusCode, response.body, response.headers['cache-control']]).toEqual([200, page, 'no-cache'])
})

test.each(['/api/user/nothing', '/assets/gone.js', '/pki/nothing'])('%s is no page', async url => {
  const response = await get(url)
  expect([response.statusCode, response.json().code]).toEqual([404, 'ROUTE_NOT_FOUND'])
})
