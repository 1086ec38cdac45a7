import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type IppTestServer, startIppTestServer } from '@cardwright/adapters/testing/printer'
import { createVirtualReaders } from '@cardwright/card-virtual'
import type { AuditEntry, Device, Permission, PrintJob, Problem, Session, SitePrinter } from '@cardwright/contract'
import type { FarOrder, FarPrinters } from '@cardwright/relay'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Client } from '../testing/client.ts'
import { operatorOfGroup } from '../testing/operators.ts'
import { addPrinter, cardPrintersOf, startPrinting, watchPrint } from '../testing/printing.ts'
import { ok, refused } from '../testing/requests.ts'
import { PASSWORD, type TestServer } from '../testing/test-server.ts'
import { connectWorkstation } from '../testing/workstation.ts'

let server: TestServer
let admin: Client
let card: Device
let layoutId: string

beforeAll(async () => {
  const made = await startPrinting()
  ;({ server, admin, card, layoutId } = made)
  return made.stop
}, 120_000)

const start = (client: Client, printerId: string) =>
  client.call<PrintJob & { code?: string }>('POST', '/api/print-jobs', { deviceId: card.id, layoutId, printerId })

const groupNamed = async (name: string): Promise<string[]> => {
  const { rows } = ok(await admin.call<{ rows: { id: string; name: string }[] }>('GET', '/api/groups'))
  return rows.filter(one => one.name === name).map(one => one.id)
}

const printing: Permission[] = ['user.read', 'device.read', 'reader.use', 'print.card', 'settings.read']

describe('printers that the server reaches', () => {
  let printer: IppTestServer
  beforeEach(async () => {
    printer = await startIppTestServer()
  })
  afterEach(() => printer.close())

  test.each([
    ['another protocol', 'http://127.0.0.1:631/ipp/print'],
    ['a file', 'file:///etc/shadow'],
    ['a password', 'ipp://anna:correct-horse@printer.example.org/ipp/print'],
    ['a question', 'ipp://printer.example.org/ipp/print?token=correct-horse'],
    ['no host', 'ipp:///ipp/print'],
    ['no such port', 'ipp://printer.example.org:99999/ipp/print'],
    ['white space', 'ipp://printer.example.org/ipp print'],
  ])('an address with %s is refused, and is not repeated', async (_, uri) => {
    const body = { name: 'Odd', purpose: 'CARD', groupIds: [], uri }
    const answer = await admin.call<Problem>('POST', '/api/printers', body)
    expect([answer.status, answer.body.code, Object.keys(answer.body.fields ?? {})]).toEqual([
      400,
      'INPUT_INVALID',
      ['uri'],
    ])
    expect(answer.body.fields?.uri).toContain('must be the address of a printer')
    expect(answer.text + server.logged()).not.toContain('correct-horse')
  })

  test('what are no certificates is refused by name; a change of what somebody changed meanwhile too', async () => {
    const body = { name: 'Odd', purpose: 'CARD', groupIds: [], uri: printer.uri, caCertificates: 'no PEM' }
    const answer = await admin.call<Problem>('POST', '/api/printers', body)
    expect([answer.status, Object.keys(answer.body.fields ?? {})]).toEqual([400, ['caCertificates']])
    const id = await addPrinter(admin, { uri: printer.uri, name: 'Changed' })
    const change = { name: 'Changed again', purpose: 'CARD', groupIds: [], uri: printer.uri, version: 1 }
    const changed = ok(await admin.call<SitePrinter>('PUT', `/api/printers/${id}`, change))
    expect(changed).toMatchObject({ name: 'Changed again', version: 2, state: 'READY' })
    expect(refused(await admin.call('PUT', `/api/printers/${id}`, change))).toEqual([409, 'VERSION_CONFLICT'])
    const remove = (version: number) => admin.call('DELETE', `/api/printers/${id}`, { version })
    expect(refused(await remove(1))).toEqual([409, 'VERSION_CONFLICT'])
    ok(await remove(2))
    expect(refused(await remove(2))).toEqual([404, 'NOT_FOUND'])
  })

  test('whoever stands at the address of a printer and sends the server elsewhere is not followed', async () => {
    const redirecting = createServer((_, response) => {
      response.writeHead(307, { location: printer.uri.replace('ipp:', 'http:') }).end()
    })
    await new Promise<void>(resolve => redirecting.listen(0, '127.0.0.1', resolve))
    const { port } = redirecting.address() as AddressInfo
    const id = await addPrinter(admin, { uri: `ipp://127.0.0.1:${port}/ipp/print`, name: 'Redirects' })
    const { rows } = ok(await admin.call<{ rows: SitePrinter[] }>('GET', '/api/printers'))
    expect(rows.find(row => row.id === id)).toMatchObject({ state: 'FAULT', faults: [{ code: 'OFFLINE' }] })
    expect(refused(await start(admin, `server:${id}`))).toEqual([409, 'PRINTER_NOT_READY'])
    expect(printer.asked).toEqual([])
    ok(await admin.call('DELETE', `/api/printers/${id}`, { version: 1 }))
    redirecting.closeAllConnections()
    await new Promise(resolve => redirecting.close(resolve))
  })

  test.each(['CARD', 'LETTER'])(
    'a test page (%s) is printed; what keeps it from that is said in words',
    async purpose => {
      const id = await addPrinter(admin, { uri: printer.uri, name: `Test ${purpose}`, purpose })
      const path = `/api/printers/${id}/test`
      expect(ok(await admin.call('POST', path))).toEqual({ printed: true, fault: null })
      expect(printer.printed).toMatchObject([{ jobName: purpose === 'CARD' ? 'test card' : 'test letter' }])
      printer.setReasons('cover-open-error')
      const fault = { code: 'COVER_OPEN', text: 'A cover of the printer is open.', advice: 'Close it.' }
      expect(ok(await admin.call('POST', path))).toEqual({ printed: false, fault })
      expect(printer.printed).toHaveLength(1)
      const tried = ok(await admin.call<{ rows: AuditEntry[] }>('GET', '/api/audit?action=print.tested&limit=2')).rows
      expect(tried.map(({ objectId, result, reason }) => [objectId, result, reason])).toEqual([
        [id, 'FAILURE', 'COVER_OPEN'],
        [id, 'SUCCESS', null],
      ])
      ok(await admin.call('DELETE', `/api/printers/${id}`, { version: 1 }))
    },
  )

  test('P-1: an operator of another group sees nothing of a print nor of its printer, and starts none', async () => {
    const stranger = await operatorOfGroup(server, admin, 'Engineering', printing)
    const id = await addPrinter(admin, { uri: printer.uri, groupIds: await groupNamed('Staff') })
    const offered = async (client: Client) => (await cardPrintersOf(client)).printers.map(one => one.id)
    expect(await offered(admin)).toEqual([`server:${id}`, 'virtual:1'])
    expect(await offered(stranger)).toEqual(['virtual:1'])
    const job = ok(await start(admin, `server:${id}`))
    expect((await watchPrint(admin, job.id)).last.state).toBe('PRINTED')
    const paths = [
      ['POST', `/api/print-jobs/${job.id}/cancel`],
      ['GET', `/api/print-jobs/${job.id}`],
      ['GET', `/api/print-jobs/${job.id}/events`],
      ['GET', `/api/print-jobs/${job.id}/picture`],
      ['GET', `/api/print-jobs/${job.id}/document`],
      ['GET', `/api/devices/${card.id}/print-jobs`],
      ['GET', `/api/users/${card.user?.id}/card-preview?layoutId=${layoutId}`],
    ] as const
    for (const [method, path] of paths) expect(refused(await stranger.call(method, path))).toEqual([404, 'NOT_FOUND'])
    expect(refused(await start(stranger, `server:${id}`))).toEqual([404, 'NOT_FOUND'])
    const body = { name: 'Own', purpose: 'CARD', groupIds: [], uri: printer.uri }
    expect((await stranger.call('POST', '/api/printers', body)).status).toBe(403)
    expect(printer.printed).toHaveLength(1)
    ok(await admin.call('DELETE', `/api/printers/${id}`, { version: 1 }))
  })
})

test('P-8: a card shows who somebody is: its picture is for those who may see users', async () => {
  const blind = await operatorOfGroup(server, admin, 'Staff', ['reader.use', 'print.card'])
  const { id } = ok(await start(blind, 'virtual:1'))
  expect((await watchPrint(blind, id)).last.state).toBe('PRINTED')
  const job = `/api/print-jobs/${id}`
  for (const path of [
    `${job}/picture`,
    `${job}/document`,
    `/api/users/${card.user?.id}/card-preview?layoutId=${layoutId}`,
  ]) {
    expect(refused(await blind.call('GET', path))).toEqual([403, 'PERMISSION_REQUIRED'])
    expect(Object.values(ok(await admin.call<object>('GET', path)))[0]).toMatch(/^data:(image|application)/)
  }
})

describe('printers of a workstation', () => {
  const place = createVirtualReaders([{ id: 'r', name: 'EVOLIS Primacy Encoder 0' }])
  const desk = async (client: Client) => {
    const orders: FarOrder[] = []
    const arrival = Promise.withResolvers<void>()
    const ending = Promise.withResolvers<Awaited<ReturnType<FarPrinters['print']>>>()
    const printers: FarPrinters = {
      list: async () => [{ queue: 'primacy', name: 'Evolis Primacy', state: 'READY', faults: [], twoSided: true }],
      print: (order, watch) => {
        orders.push(order)
        watch({ progress: 0.5, waitsFor: null })
        arrival.resolve()
        return ending.promise
      },
    }
    const workstation = await connectWorkstation(server.server.url, 'operator', client.cookie, place, {}, { printers })
    return { ...workstation, orders, arrived: arrival.promise, end: ending.resolve }
  }
  const far = 'workstation:primacy'
  const listed = async (client: Client) => (await cardPrintersOf(client)).printers.find(one => one.id === far)

  test('P-2: it is its operator’s alone, with the reader inside of it, and prints what the server draws', async () => {
    const neighbour = server.client()
    const signIn = { loginName: 'admin', password: PASSWORD }
    neighbour.csrfToken = ok(await neighbour.call<Session>('POST', '/api/session/password', signIn)).csrfToken
    expect(await listed(admin)).toBeUndefined()
    const workstation = await desk(admin)
    expect(await listed(admin)).toMatchObject({
      name: 'Evolis Primacy',
      where: 'WORKSTATION',
      state: 'READY',
      embeddedReaderId: expect.stringMatching(/^workstation:.*:r$/),
    })
    expect(await listed(neighbour)).toBeUndefined()
    expect(refused(await start(neighbour, far))).toEqual([409, 'PRINTER_UNKNOWN'])

    const job = ok(await start(admin, far))
    await workstation.arrived
    expect(workstation.orders).toMatchObject([{ queue: 'primacy', jobName: `card ${card.serial}`, media: 'CR80' }])
    workstation.end({ kind: 'PRINTED' })
    expect((await watchPrint(admin, job.id)).last).toMatchObject({
      state: 'PRINTED',
      printer: { name: 'Evolis Primacy' },
    })
    workstation.close()
    await workstation.closed
  })

  test('P-7: it vanishes in the middle: nobody knows, and the card is printed again when it is back', async () => {
    const workstation = await desk(admin)
    const job = ok(await start(admin, far))
    await workstation.arrived
    workstation.close()
    const { last } = await watchPrint(admin, job.id)
    expect(last).toMatchObject({ state: 'FAILED', fault: { code: 'UNKNOWN_OUTCOME' } })
    expect(refused(await start(admin, far))).toEqual([409, 'PRINTER_UNKNOWN'])
    const back = await desk(admin)
    const again = ok(await start(admin, far))
    back.end({ kind: 'PRINTED' })
    expect((await watchPrint(admin, again.id)).last).toMatchObject({ state: 'PRINTED', print: last.print + 1 })
    back.close()
  })
})
