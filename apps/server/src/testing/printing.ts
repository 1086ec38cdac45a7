import type { CardPrinter, Device, IssuanceOptions, IssuanceView, PrintJob, Reader } from '@cardwright/contract'
import { PRINTER_READER } from '../demo/virtual-printer.ts'
import type { Client } from './client.ts'
import { ok, PIN } from './requests.ts'
import { startTestHost } from './test-server.ts'
import { userNamed } from './visitor.ts'

/** A card in a reader becomes somebody's, Pending unless said otherwise. */
export const encode = async (
  admin: Client,
  loginName: string,
  readerId: string,
  action: 'PRODUCE' | 'ISSUE' = 'PRODUCE',
): Promise<Device> => {
  const user = await userNamed(admin, loginName)
  const { readers } = ok(await admin.call<{ readers: Reader[] }>('GET', '/api/readers'))
  const insertion = readers.find(reader => reader.id === readerId)?.card?.insertion
  const path = `/api/users/${user.id}/issuance-options?readerId=${readerId}`
  const policy = ok(await admin.call<IssuanceOptions>('GET', path)).policies.find(one => one.name === 'PIV, P-256')
  const body = { userId: user.id, readerId, insertion, action, policyId: policy?.id, policyVersion: policy?.version }
  const { id } = ok(await admin.call<IssuanceView>('POST', '/api/issuances', { ...body, pin: PIN }))
  for await (const view of admin.events<IssuanceView>(`/api/issuances/${id}/events`)) {
    if (view.state === 'COMPLETED') return ok(await admin.call<Device>('GET', `/api/devices/${view.deviceId}`))
    if (view.state !== 'RUNNING') throw new Error(`the card was not encoded: ${JSON.stringify(view.error)}`)
  }
  throw new Error('the stream ended early')
}

export const cardPrintersOf = async (client: Client) =>
  ok(await client.call<{ printers: CardPrinter[]; configured: boolean }>('GET', '/api/card-printers'))

/** The layout of the demo. */
export const badgeFor = async (client: Client, userId: string): Promise<string> => {
  const { rows } = ok(await client.call<{ rows: { id: string }[] }>('GET', `/api/users/${userId}/layouts?type=INITIAL`))
  if (!rows[0]) throw new Error('no layout is assigned')
  return rows[0].id
}

/** Watches as a page does, until the job is in one of these states. All that was told, the last at the end. */
export const watchPrint = async (
  client: Client,
  id: string,
  until: (job: PrintJob) => boolean = job => job.endedAt !== null,
): Promise<{ readonly seen: readonly PrintJob[]; readonly last: PrintJob }> => {
  const seen: PrintJob[] = []
  for await (const job of client.events<PrintJob>(`/api/print-jobs/${id}/events`)) {
    seen.push(job)
    if (until(job)) return { seen, last: job }
  }
  throw new Error(`the stream ended after ${JSON.stringify(seen.at(-1))}`)
}

export const addPrinter = async (
  admin: Client,
  change: Readonly<Record<string, unknown>> & { readonly uri: string },
): Promise<string> => {
  const body = { name: 'Front desk', purpose: 'CARD', groupIds: [], ...change }
  return ok(await admin.call<{ id: string }>('POST', '/api/printers', body)).id
}

/** A server with a Pending card of somebody of Staff, and the layout for it. */
export const startPrinting = async () => {
  const host = await startTestHost()
  const server = await host.startTestServer()
  const admin = await server.administrator()
  const card = await encode(admin, 'anna.lindstrom', PRINTER_READER)
  const layoutId = await badgeFor(admin, card.user?.id ?? '')
  const stop = async () => {
    await server.stop()
    await host.stop()
  }
  return { server, admin, card, layoutId, stop }
}
