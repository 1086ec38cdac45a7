import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openDatabase } from '@cardwright/adapters/db'
import { type IppTestServer, startIppTestServer } from '@cardwright/adapters/testing/printer'
import type { CardPicture, Device, PrintJob } from '@cardwright/contract'
import { sql } from 'kysely'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PRINTER_READER } from '../demo/virtual-printer.ts'
import type { Client } from '../testing/client.ts'
import { addPrinter, cardPrintersOf, startPrinting, watchPrint } from '../testing/printing.ts'
import { ok, refused } from '../testing/requests.ts'
import type { TestServer } from '../testing/test-server.ts'
import { userNamed } from '../testing/visitor.ts'

let server: TestServer
let admin: Client
let card: Device
let layoutId: string

beforeAll(async () => {
  const made = await startPrinting()
  ;({ server, admin, card, layoutId } = made)
  return made.stop
}, 120_000)

const device = async () => ok(await admin.call<Device>('GET', `/api/devices/${card.id}`))
const start = (printerId: string, headers: Record<string, string> = {}) =>
  admin.call<PrintJob & { code?: string; detail?: string }>(
    'POST',
    '/api/print-jobs',
    { deviceId: card.id, layoutId, printerId },
    headers,
  )
/** What printing must leave alone (P-5, P-7). */
const untouched = ({ state, reason, version, credentials }: Device) => ({ state, reason, version, credentials })

describe('the demo prints a card', () => {
  test('P-1, P-2: its printer is there from the first start, with the reader inside of it, and says that it is virtual', async () => {
    expect(await cardPrintersOf(admin)).toEqual({
      configured: true,
      printers: [
        {
          id: 'virtual:1',
          name: 'Virtual card printer (demo)',
          where: 'SERVER',
          virtual: true,
          state: 'READY',
          faults: [],
          twoSided: true,
          embeddedReaderId: PRINTER_READER,
        },
      ],
    })
  })

  test('P-4, P-5, P-8: encoded, then printed as previewed, with progress; Pending with held certificates until Continue', async () => {
    const before = await device()
    expect(before).toMatchObject({ state: 'PRODUCED', printed: null })
    expect(new Set(before.credentials.map(credential => credential.state))).toEqual(new Set(['ON_HOLD']))
    const path = `/api/users/${card.user?.id}/card-preview?layoutId=${layoutId}&deviceId=${card.id}`
    const preview = ok(await admin.call<CardPicture>('GET', path))
    expect(preview.problems.filter(problem => problem.blocking)).toEqual([])

    const key = { 'idempotency-key': 'print-once' }
    const started = ok(await start('virtual:1', key))
    expect(started).toMatchObject({
      serial: card.serial,
      print: 1,
      layout: { name: 'Staff badge (demo)' },
      fault: null,
    })
    // A tab that asks again because it lost the answer.
    expect(ok(await start('virtual:1', key)).id).toBe(started.id)
    expect(refused(await start('virtual:1'))).toEqual([409, 'IN_PROGRESS_ELSEWHERE'])
    const { seen, last } = await watchPrint(admin, started.id)
    expect(last).toMatchObject({ state: 'PRINTED', progress: 1, fault: null })
    const bars = seen.map(job => job.progress)
    expect(bars).toEqual(bars.toSorted((a, b) => a - b))
    expect(new Set(bars).size).toBeGreaterThan(3)

    const picture = ok(await admin.call<CardPicture>('GET', `/api/print-jobs/${started.id}/picture`))
    expect([picture.front, picture.back]).toEqual([preview.front, preview.back])
    const after = await device()
    expect(untouched(after)).toEqual(untouched(before))
    expect(after.printed?.jobId).toBe(started.id)

    const tray = join(server.dataDir, 'virtual-printer')
    await expect.poll(() => readdir(tray)).toHaveLength(3)
    const files = await readdir(tray)
    const front = await readFile(join(tray, files.find(file => file.endsWith('-front.png')) ?? ''))
    expect(`data:image/png;base64,${front.toString('base64')}`).toBe(picture.front)
    const pdf = await readFile(join(tray, files.find(file => file.endsWith('.pdf')) ?? ''))
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    const shown = ok(await admin.call<{ pdf: string }>('GET', `/api/print-jobs/${started.id}/document`)).pdf
    expect(shown).toBe(`data:application/pdf;base64,${pdf.toString('base64')}`)

    ok(await admin.call('POST', `/api/devices/${card.id}/activate`, { version: after.version }))
    expect(await device()).toMatchObject({ state: 'ISSUED' })
  })
})

test('P-3: the layouts of a device are those of what it was issued for; of a device of somebody else there are none', async () => {
  const layoutsOf = (userId: string | undefined) =>
    admin.call<{ rows: { id: string }[]; code?: string }>(
      'GET',
      `/api/users/${userId}/layouts?deviceId=${card.id}&type=UPDATE`,
    )
  expect(ok(await layoutsOf(card.user?.id)).rows.map(({ id }) => id)).toEqual([layoutId])
  expect(refused(await layoutsOf((await userNamed(admin, 'bjorn.aberg')).id))).toEqual([404, 'NOT_FOUND'])
})

describe('on a printer that the server reaches', () => {
  let printer: IppTestServer
  let printerId: string
  let id: string
  beforeEach(async () => {
    printer = await startIppTestServer()
    id = await addPrinter(admin, { uri: printer.uri })
    printerId = `server:${id}`
  })
  afterEach(async () => {
    await printer.close()
    await admin.call('DELETE', `/api/printers/${id}`, { version: 1 })
  })
  const begun = async (): Promise<string> => {
    const held = printer.jobs.hold()
    const started = ok(await start(printerId))
    await held
    await watchPrint(admin, started.id, job => job.state === 'PRINTING')
    return started.id
  }

  test('P-5, P-7: an Active card is printed again; neither the device nor its certificates change', async () => {
    const before = await device()
    expect(before.state).toBe('ISSUED')
    const { print, id: job } = ok(await start(printerId))
    expect((await watchPrint(admin, job)).last.state).toBe('PRINTED')
    expect(print).toBeGreaterThan(1)
    expect(printer.printed).toMatchObject([{ jobName: `card ${card.serial}`, format: 'application/pdf' }])
    expect(untouched(await device())).toEqual(untouched(before))
  })

  test('P-3, P-7: faults are told in words: before the start it is refused, in the middle it waits and goes on', async () => {
    printer.setReasons('marker-supply-empty-error')
    const refusedStart = await start(printerId)
    expect([refusedStart.status, refusedStart.body.code]).toEqual([409, 'PRINTER_NOT_READY'])
    expect(refusedStart.body.detail).toContain('The ribbon, toner or ink is used up')
    expect((await cardPrintersOf(admin)).printers.find(one => one.id === printerId)).toMatchObject({
      state: 'FAULT',
      faults: [{ code: 'RIBBON_EMPTY', advice: 'Put in a new one.' }],
    })
    printer.setReasons()
    const job = await begun()
    printer.setReasons('media-empty-error')
    const waiting = await watchPrint(admin, job, seen => seen.fault !== null)
    expect(waiting.last).toMatchObject({ state: 'PRINTING', fault: { code: 'NO_CARD', advice: 'Fill the tray.' } })
    printer.setReasons()
    printer.jobs.release()
    expect((await watchPrint(admin, job)).last).toMatchObject({ state: 'PRINTED', fault: null })
  })

  test('P-7: a printer that loses the job in the middle: nobody knows, it is said so, and it is printed again when asked', async () => {
    const before = await device()
    const job = await begun()
    printer.jobs.forget()
    const { last } = await watchPrint(admin, job)
    expect(last).toMatchObject({ state: 'FAILED', fault: { code: 'UNKNOWN_OUTCOME' } })
    expect(last.fault?.advice).toContain('before you print again')
    expect(untouched(await device())).toEqual(untouched(before))
    printer.jobs.release()
    const again = ok(await start(printerId))
    expect(again.print).toBe(last.print + 1)
    expect((await watchPrint(admin, again.id)).last.state).toBe('PRINTED')
  })

  test('P-5: Cancel takes it from the printer; it was CANCELLED by whoever asked, and the device stays as it is', async () => {
    const before = await device()
    const job = await begun()
    ok(await admin.call('POST', `/api/print-jobs/${job}/cancel`))
    expect((await watchPrint(admin, job)).last).toMatchObject({ state: 'CANCELLED', fault: null })
    expect(printer.asked).toContain('Cancel-Job')
    expect(refused(await admin.call('POST', `/api/print-jobs/${job}/cancel`))).toEqual([409, 'PRINT_ENDED'])
    expect(untouched(await device())).toEqual(untouched(before))
    const audit = ok(await admin.call<{ rows: { action: string; actor: string }[] }>('GET', '/api/audit?limit=5'))
    expect(audit.rows.find(row => row.action === 'print.cancelled')?.actor).toBe('First administrator')
    expect(printer.printed).toEqual([])
  })

  test('P-7: a printer that is removed while it prints: the card comes out, and no other starts there', async () => {
    const job = await begun()
    ok(await admin.call('DELETE', `/api/printers/${id}`, { version: 1 }))
    expect(refused(await start(printerId))).toEqual([409, 'PRINTER_UNKNOWN'])
    printer.jobs.release()
    expect((await watchPrint(admin, job)).last).toMatchObject({ state: 'PRINTED', printer: { name: 'Front desk' } })
  })

  test('P-7: a server that ends takes back what it prints, and its successor tells how it went', async () => {
    const job = await begun()
    await server.restart()
    expect(printer.asked).toContain('Cancel-Job')
    const found = ok(await admin.call<PrintJob>('GET', `/api/print-jobs/${job}`))
    expect(found).toMatchObject({ state: 'CANCELLED', endedAt: expect.any(String) })
    const { rows } = ok(await admin.call<{ rows: PrintJob[] }>('GET', `/api/devices/${card.id}/print-jobs`))
    expect(rows.map(row => row.print)).toEqual(rows.map((_, index) => rows.length - index))
    expect(rows[0]).toEqual(found)
  })

  test('P-7: a server that died while it printed: nobody knows, and the next says so by itself', async () => {
    const before = await device()
    const last = ok(await admin.call<{ rows: PrintJob[] }>('GET', `/api/devices/${card.id}/print-jobs`)).rows[0]
    const db = openDatabase({ connectionString: server.databaseUrl }, { onConnectionLost: () => {} })
    const job = randomUUID()
    // What a killed server leaves: a job on its way to the printer, and a lease that nobody renews.
    await sql`insert into print_jobs (id, version, device_id, serial, user_id, layout_id, layout_version, layout_name,
      printer_id, printer_name, state, print, lease_owner, lease_until, started_by, started_at)
      select ${job}, 2, device_id, serial, user_id, layout_id, layout_version, layout_name, printer_id, printer_name,
      'PRINTING', print + 1, 'a dead server', now() - interval '1 second', started_by, now()
      from print_jobs where id = ${last?.id}`.execute(db)
    await db.destroy()
    const told = (await watchPrint(admin, job)).last
    expect(told).toMatchObject({ state: 'FAILED', fault: { code: 'UNKNOWN_OUTCOME' } })
    expect(untouched(await device())).toEqual(untouched(before))
    const again = ok(await start(printerId))
    expect((await watchPrint(admin, again.id)).last.state).toBe('PRINTED')
  })
})
