import type {
  Device,
  IssuanceOptions,
  IssuanceView,
  LifecycleSettings,
  PolicyContent,
  Reader,
  RequestView,
  ScriptVersion,
  User,
} from '@cardwright/contract'
import { type OptionName, type Options, optionNamed, setOption } from '@cardwright/core'
import { expect } from 'vitest'
import type { Answer, Client } from './client.ts'
import { operatorWith } from './operators.ts'
import type { TestServer } from './test-server.ts'
import { userNamed } from './visitor.ts'

export const PIN = '284917'

/** The body of an answer that went well. */
export const ok = <T>({ status, body, text }: Answer<T>): T => {
  expect([status, status === 200 ? '' : text]).toEqual([200, ''])
  return body
}
/** How an answer was refused. */
export const refused = ({ status, body }: Answer<{ code?: string }>) => [status, body.code]

export const changeLifecycle = async (admin: Client, change: Partial<LifecycleSettings>): Promise<void> => {
  const path = '/api/settings/lifecycle'
  const { version, settings } = ok(await admin.call<{ version: number; settings: LifecycleSettings }>('GET', path))
  ok(await admin.call('PUT', path, { version, settings: { ...settings, ...change } }))
}

/** N-6: sets one option in its script, as the form does. */
export const changeOption = async <N extends OptionName>(admin: Client, name: N, value: Options[N]): Promise<void> => {
  const path = '/api/settings/option-scripts'
  const { rows } = ok(await admin.call<{ rows: ScriptVersion[] }>('GET', path))
  const script = rows.find(row => row.name === optionNamed(name)?.script)
  if (!script) throw new Error(`no script has ${name}`)
  const body = { version: script.version, text: setOption(script.text, name, value) }
  expect(ok(await admin.call<{ mistakes: unknown }>('PUT', `${path}/${script.name}`, body)).mistakes).toEqual([])
}

/** The people of the demo in their roles, each in a browser of their own, and what they do with requests. */
export const createRequestBench = async (server: TestServer) => {
  const admin = await server.administrator()
  const helpDesk = await operatorWith(server, admin, 'quentin.dubois', 'HELP_DESK')
  const validator = await operatorWith(server, admin, 'yael.cohen', 'VALIDATION_OFFICER')
  const officer = await operatorWith(server, admin, 'priya.raman', 'ISSUANCE_OFFICER')

  const device = async (id: string | null): Promise<Device> => ok(await admin.call<Device>('GET', `/api/devices/${id}`))
  const request = async (id: string): Promise<RequestView> =>
    ok(await admin.call<RequestView>('GET', `/api/requests/${id}`))
  const user = (name: string): Promise<User> => userNamed(admin, name)

  /** Puts a blank security key of the demo into its first reader. */
  const blank = async (): Promise<Reader> => {
    const readers = async () => ok(await admin.call<{ readers: Reader[] }>('GET', '/api/readers')).readers
    const isBlank = (r: Reader | undefined) => r?.card?.known === null || r?.card?.known?.state === 'AVAILABLE'
    const [first] = await readers()
    if (!first) throw new Error('the demo has no readers')
    if (isBlank(first)) return first
    const card = first.drawer?.find(c => c.cardId.startsWith('yubikey'))
    if (!card) throw new Error('no blank card is left')
    if (first.card) ok(await admin.call('POST', '/api/virtual-readers/remove', { readerId: first.id }))
    ok(await admin.call('POST', '/api/virtual-readers/insert', { readerId: first.id, cardId: card.cardId }))
    const [filled] = await readers()
    if (!filled || !isBlank(filled)) throw new Error('the card of the drawer is not blank')
    return filled
  }

  const options = async (by: Client, userId: string, readerId: string, requestId?: string): Promise<IssuanceOptions> =>
    ok(
      await by.call<IssuanceOptions>(
        'GET',
        `/api/users/${userId}/issuance-options?readerId=${readerId}${requestId ? `&requestId=${requestId}` : ''}`,
      ),
    )

  const start = async (
    by: Client,
    userId: string,
    {
      requestId,
      policy = 'PIV, P-256',
      action = 'ISSUE',
    }: { requestId?: string; policy?: string; action?: string } = {},
  ) => {
    const reader = await blank()
    const found = (await options(by, userId, reader.id, requestId)).policies.find(p => p.name === policy)
    return by.call<IssuanceView & { code?: string; detail?: string }>('POST', '/api/issuances', {
      ...{ userId, readerId: reader.id, insertion: reader.card?.insertion, action, pin: PIN },
      ...{ policyId: found?.id, policyVersion: found?.version },
      ...(requestId ? { requestId } : {}),
    })
  }
  const ended = async (id: string): Promise<IssuanceView> => {
    for await (const view of officer.events<IssuanceView>(`/api/issuances/${id}/events`))
      if (view.state !== 'RUNNING') return view
    throw new Error('the stream ended')
  }
  const issue = async (
    userId: string,
    how: Parameters<typeof start>[2] = {},
    by: Client = officer,
  ): Promise<Device> => {
    const { id } = ok(await start(by, userId, how))
    const last = await ended(id)
    expect([last.state, last.error]).toEqual(['COMPLETED', null])
    return device(last.deviceId)
  }

  /** Declared by the help desk, unless somebody else is named. */
  const declare = (
    { id, version }: Pick<Device, 'id' | 'version'>,
    reason: string,
    workflow = 'HELP_DESK_LOCAL',
    by: Client = helpDesk,
  ) =>
    by.call<RequestView & { code?: string }>('POST', `/api/devices/${id}/replacements`, {
      ...{ version, reason, workflow, note: 'told on the telephone' },
    })
  const decide = (
    by: Client,
    { id, version }: Pick<RequestView, 'id' | 'version'>,
    what: 'approve' | 'deny' | 'cancel',
    note = 'looked at',
  ) =>
    by.call<RequestView & { code?: string; detail?: string }>('POST', `/api/requests/${id}/${what}`, { version, note })

  const audited = async (action: string) =>
    ok(
      await admin.call<{ rows: { action: string; actor: string; result: string; reason: string | null }[] }>(
        'GET',
        `/api/audit?action=${action}&limit=20`,
      ),
    ).rows

  return {
    ...{ server, admin, helpDesk, validator, officer },
    ...{ device, request, user, blank, options, start, ended, issue, declare, decide, audited },
    url: () => server.server.url,
  }
}

export type RequestBench = Awaited<ReturnType<typeof createRequestBench>>

type Policy = { readonly id: string; readonly version: number; readonly content: PolicyContent }

/** A new version of a policy of the demo. */
export const changePolicy = async (admin: Client, name: string, change: Partial<PolicyContent>): Promise<Policy> => {
  const { rows } = ok(await admin.call<{ rows: Policy[] }>('GET', '/api/policies'))
  const found = rows.find(p => p.content.name === name)
  if (!found) throw new Error(`the demo has no policy ${name}`)
  const { id, version, content } = found
  return ok(
    await admin.call<Policy>('PUT', `/api/policies/${id}`, { version, content: { ...content, ...change }, note: '' }),
  )
}
