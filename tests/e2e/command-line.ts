import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Group, LifecycleSettings, Policy, ScriptVersion, SecuritySettings, User } from '@cardwright/contract'
import { type OptionName, type Options, optionNamed, setOption } from '@cardwright/core/option-script'
import type { TestServer } from './server.ts'

export type Answer<T> = { readonly status: number; readonly body: T }

/** Calls the API as the command line of this machine does, to prepare what a test needs and to see what came of it. */
export const api = async <T>(server: TestServer, method: string, path: string, body?: unknown): Promise<Answer<T>> => {
  const { token } = JSON.parse(await readFile(join(server.dataDir, 'local-access.json'), 'utf8'))
  const response = await fetch(new URL(path, server.url.replace('localhost', '127.0.0.1')), {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'x-csrf-token': token,
      'idempotency-key': randomUUID(),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as T }
}

/** The same; anything but success fails the test with what the server said. */
export const must = async <T>(server: TestServer, method: string, path: string, body?: unknown): Promise<T> => {
  const answer = await api<T>(server, method, path, body)
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

export const userNamed = async (server: TestServer, name: string): Promise<User> => {
  const { rows } = await must<{ rows: User[] }>(server, 'GET', '/api/users?limit=200')
  return named(rows, name, user => user.displayName)
}

export const policyNamed = async (server: TestServer, name: string): Promise<Policy> => {
  const { rows } = await must<{ rows: Policy[] }>(server, 'GET', '/api/policies')
  return named(rows, name, policy => policy.content.name)
}

export const groupNamed = async (server: TestServer, name: string): Promise<Group> => {
  const { rows } = await must<{ rows: Group[] }>(server, 'GET', '/api/groups')
  return named(rows, name, group => group.name)
}

const named = <T>(rows: readonly T[], name: string, nameOf: (row: T) => string): T => {
  const found = rows.find(row => nameOf(row) === name)
  if (!found) throw new Error(`there is no ${name} among ${rows.map(nameOf).join(', ')}`)
  return found
}

type Stored<T> = { readonly version: number; readonly settings: T }

const change = async <T>(server: TestServer, path: string, part: Partial<T>): Promise<void> => {
  const { version, settings } = await must<Stored<T>>(server, 'GET', path)
  await must(server, 'PUT', path, { version, settings: { ...settings, ...part } })
}

export const changeSettings = (server: TestServer, part: Partial<SecuritySettings>): Promise<void> =>
  change(server, '/api/settings/security', part)

/** N-6: sets one option in its script, as the form does. */
export const changeOption = async <N extends OptionName>(
  server: TestServer,
  name: N,
  value: Options[N],
): Promise<void> => {
  const path = '/api/settings/option-scripts'
  const { rows } = await must<{ rows: ScriptVersion[] }>(server, 'GET', path)
  const { version, text, name: script } = named(rows, optionNamed(name)?.script ?? '', row => row.name)
  await must(server, 'PUT', `${path}/${script}`, { version, text: setOption(text, name, value) })
}

/** Settings of requests and replacement. */
export const changeLifecycle = (server: TestServer, part: Partial<LifecycleSettings>): Promise<void> =>
  change(server, '/api/settings/lifecycle', part)
