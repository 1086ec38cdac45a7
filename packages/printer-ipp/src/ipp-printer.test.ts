import { afterEach, describe, expect, test } from 'vitest'
import { createIppPrinter } from './ipp-printer.ts'
import type { PrintOrder, PrintProgress } from './printer.ts'
import { type IppTestServer, type IppTestServerOptions, startIppTestServer } from './testing/index.ts'

const order = (change: Partial<PrintOrder> = {}): PrintOrder => ({
  jobName: 'card 1',
  media: 'CR80',
  pdf: Buffer.from('%PDF-1.7 two pages'),
  pictures: [],
  twoSided: true,
  ...change,
})

const limits = { answerMs: 5000, pollMs: 5, silenceMs: 60, cancelMs: 300, jobMs: 5000 }

describe('a printer over IPP', () => {
  const open: IppTestServer[] = []
  afterEach(async () => {
    for (const server of open.splice(0)) await server.close()
  })
  const start = async (options: IppTestServerOptions = {}) => {
    const server = await startIppTestServer(options)
    open.push(server)
    return { server, printer: createIppPrinter({ uri: server.uri, limits }) }
  }
  const failure = (code: string, paperMayHaveMoved: boolean) =>
    expect.objectContaining({ kind: 'FAILED', paperMayHaveMoved, fault: expect.objectContaining({ code }) })

  test('P-4, P-8: prints the PDF on a card, around its short edge, and sends it once', async () => {
    const { server, printer } = await start()
    const seen: PrintProgress[] = []
    expect(await printer.print(order(), one => seen.push(one))).toEqual({ kind: 'PRINTED' })
    expect(server.printed).toEqual([
      {
        jobName: 'card 1',
        format: 'application/pdf',
        bytes: order().pdf,
        jobAttributes: { media: 'custom_card_53.98x85.6mm', sides: 'two-sided-short-edge' },
      },
    ])
    expect(server.asked.filter(operation => operation === 'Send-Document')).toHaveLength(1)
    expect(seen.at(0)?.progress).toBeLessThan(0.2)
    expect(seen.at(-1)).toEqual({ progress: 1, waitsFor: null })
  })

  test('N-1: a letter is printed on its paper, around the long edge', async () => {
    const { server, printer } = await start()
    expect(await printer.print(order({ media: 'LETTER' }), () => {})).toEqual({ kind: 'PRINTED' })
    expect(await printer.print(order({ media: 'A4', twoSided: false }), () => {})).toEqual({ kind: 'PRINTED' })
    expect(server.printed.map(one => one.jobAttributes)).toEqual([
      { media: 'na_letter_8.5x11in', sides: 'two-sided-long-edge' },
      { media: 'iso_a4_210x297mm', sides: 'one-sided' },
    ])
  })

  test('P-4, P-7: a printer without Create-Job gets Print-Job', async () => {
    const operations = ['Print-Job', 'Cancel-Job', 'Get-Job-Attributes', 'Get-Printer-Attributes']
    const { server, printer } = await start({ attributes: { 'operations-supported': operations } })
    expect(await printer.print(order(), () => {})).toEqual({ kind: 'PRINTED' })
    expect(server.asked).not.toContain('Create-Job')
    server.misbehave('Print-Job', { kind: 'CLOSED' })
    expect(await printer.print(order(), () => {})).toEqual(failure('UNKNOWN_OUTCOME', true))
    expect(server.printed).toHaveLength(2)
    for (const status of [
      'server-error-device-error',
      'server-error-job-canceled',
      'client-error-document-format-error',
    ]) {
      server.misbehave('Print-Job', { kind: 'STATUS', status, late: true })
      expect(await printer.print(order(), () => {})).toEqual(failure('JOB_REFUSED', true))
    }
    server.misbehave('Print-Job', { kind: 'HTTP', status: 408 })
    expect(await printer.print(order(), () => {})).toEqual(failure('UNKNOWN_OUTCOME', true))
  })

  test.each(['server-error-device-error', 'server-error-job-canceled', 'client-error-document-format-error'])(
    'P-7: %s while it is printed already: the job is taken back, and a person has to look',
    async status => {
      const { server, printer } = await start()
      const begun = server.jobs.hold()
      server.misbehave('Send-Document', { kind: 'STATUS', status, late: true })
      const printing = printer.print(order(), () => {})
      await begun
      expect(await printing).toEqual(failure('JOB_REFUSED', true))
      expect(server.jobs.find(1)?.state).toBe('canceled')
      server.misbehave('Send-Document', { kind: 'STATUS', status, late: true })
      const forgotten = printer.print(order(), () => server.jobs.forget())
      expect(await forgotten).toEqual(failure('UNKNOWN_OUTCOME', true))
    },
  )

  test('P-7: a printer whose time for the document ran out, and which prints it all the same, says so itself', async () => {
    const { server, printer } = await start()
    server.misbehave('Send-Document', { kind: 'HTTP', status: 408 })
    expect(await printer.print(order(), () => {})).toEqual({ kind: 'PRINTED' })
    server.misbehave('Send-Document', { kind: 'HTTP', status: 413 })
    server.jobs.hold()
    expect(await printer.print(order(), () => {})).toEqual(failure('OFFLINE', false))
  })

  test.each<[string, Record<string, unknown>, Partial<PrintOrder>, string]>([
    ['takes no jobs', { 'printer-is-accepting-jobs': false }, {}, 'NOT_ACCEPTING_JOBS'],
    ['has no cards', { 'media-supported': ['iso_a4_210x297mm'] }, {}, 'JOB_REFUSED'],
    ['prints one side', { 'sides-supported': ['one-sided'] }, {}, 'JOB_REFUSED'],
    [
      'takes no PDF, and there are no pictures',
      { 'document-format-supported': ['image/pwg-raster'] },
      {},
      'FORMAT_NOT_SUPPORTED',
    ],
    [
      'takes raster, and the picture is none',
      { 'document-format-supported': ['image/pwg-raster'] },
      { pictures: [Buffer.from('GIF89a')] },
      'FORMAT_NOT_SUPPORTED',
    ],
  ])('P-7: a printer that %s gets nothing', async (_, attributes, change, code) => {
    const { server, printer } = await start({ attributes })
    expect(await printer.print(order(change), () => {})).toEqual(failure(code, false))
    expect(server.jobs.count()).toBe(0)
  })

  test.each([
    ['Create-Job', 'client-error-not-authorized', 'ACCESS_DENIED'],
    ['Send-Document', 'client-error-not-authorized', 'ACCESS_DENIED'],
    ['Send-Document', 'client-error-document-format-error', 'JOB_REFUSED'],
    ['Send-Document', 'server-error-device-error', 'JOB_REFUSED'],
  ])('P-7: %s refused (%s): nothing moved, and no job is left behind', async (operation, status, code) => {
    const { server, printer } = await start()
    server.misbehave(operation, { kind: 'STATUS', status })
    expect(await printer.print(order(), () => {})).toEqual(failure(code, false))
    expect(server.jobs.find(1)?.state ?? 'canceled').toBe('canceled')
    expect(server.printed).toHaveLength(0)
  })

  test.each([
    ['Create-Job', ['Create-Job', 'Send-Document']],
    ['Print-Job', ['Print-Job']],
  ])(
    'P-7: a printer that is busy is asked again (%s) until it is free, or until nobody wants it any more',
    async (operation, operations) => {
      const { server, printer } = await start({ attributes: { 'operations-supported': operations } })
      const busy = () => server.misbehave(operation, { kind: 'STATUS', status: 'server-error-busy' })
      busy()
      expect(await printer.print(order(), () => {})).toEqual({ kind: 'PRINTED' })
      busy()
      const cancel = new AbortController()
      const told: number[] = []
      const again = ({ progress }: PrintProgress) => {
        busy()
        if (told.push(progress) === 4) cancel.abort()
      }
      expect(await printer.print(order(), again, cancel.signal)).toEqual({ kind: 'CANCELLED' })
      expect(server.jobs.count()).toBe(1)
    },
  )

  test.each(['media', 'sides'])(
    'P-7: a printer that takes a job and leaves its %s aside gets no document: it would be two cards, or another page',
    async ignored => {
      const { server, printer } = await start({ ignores: [ignored, 'job-priority'] })
      expect(await printer.print(order(), () => {})).toEqual({
        kind: 'FAILED',
        fault: { code: 'JOB_REFUSED', severity: 'ERROR', keyword: `unsupported: ${ignored}` },
        paperMayHaveMoved: false,
      })
      expect(server.jobs.find(1)?.state).toBe('canceled')
      server.setAttributes({ 'operations-supported': ['Print-Job'] })
      expect(await printer.print(order(), () => {})).toEqual(failure('JOB_REFUSED', false))
      expect([server.printed, server.asked.includes('Send-Document')]).toEqual([[], false])
    },
  )

  test.each([
    'printer-state',
    'printer-state-reasons',
    'printer-is-accepting-jobs',
    'operations-supported',
    'sides-supported',
    'media-supported',
  ])('P-4: a printer that does not tell its %s prints a card of one side all the same', async attribute => {
    const { printer } = await start({ attributes: { [attribute]: [] } })
    expect(await printer.status()).toMatchObject({ state: 'READY', faults: [] })
    expect(await printer.print(order({ twoSided: false }), () => {})).toEqual({ kind: 'PRINTED' })
  })

  test('P-4: what makes no other card of it may be left aside', async () => {
    const { printer } = await start({ ignores: ['sides'] })
    expect(await printer.print(order({ twoSided: false }), () => {})).toEqual({ kind: 'PRINTED' })
  })

  test.each(['1.0', '1.1'] as const)(
    'P-1: a printer of IPP/%s says so, and is asked so from then on',
    async version => {
      const { server, printer } = await start({ version })
      expect(await printer.status()).toMatchObject({ state: 'READY' })
      expect(server.asked).toEqual(['Get-Printer-Attributes', 'Get-Printer-Attributes'])
      expect(await printer.print(order(), () => {})).toEqual({ kind: 'PRINTED' })
      expect(server.asked.slice(2, 5)).toEqual(['Get-Printer-Attributes', 'Create-Job', 'Send-Document'])
    },
  )

  test('P-1: a printer that cannot even read the number of a request of another version is asked in its own', async () => {
    const { server, printer } = await start()
    const bytes = Buffer.from('0100' + '0503' + '00000000' + '03', 'hex')
    server.misbehave('Get-Printer-Attributes', { kind: 'BYTES', bytes })
    expect(await printer.status()).toMatchObject({ state: 'READY' })
  })

  test('P-7: the answer to the document is lost, the printer prints it all the same: it says so itself, and gets it once', async () => {
    const { server, printer } = await start()
    server.misbehave('Send-Document', { kind: 'CLOSED' })
    expect(await printer.print(order(), () => {})).toEqual({ kind: 'PRINTED' })
    expect(server.asked.filter(operation => operation === 'Send-Document')).toHaveLength(1)
    expect(server.printed).toHaveLength(1)
  })

  test('P-7: a printer that gives the job up in the middle: a person has to look', async () => {
    const { server, printer } = await start()
    server.jobs.abortNext('aborted-by-system')
    expect(await printer.print(order(), () => {})).toEqual({
      kind: 'FAILED',
      fault: { code: 'JOB_ABORTED', severity: 'ERROR', keyword: 'aborted-by-system' },
      paperMayHaveMoved: true,
    })
    server.jobs.abortNext('document-format-error')
    expect(await printer.print(order(), () => {})).toEqual(failure('FORMAT_NOT_SUPPORTED', true))
  })

  test.each([
    ['goes back into the queue after it was begun', 'pending'],
    ['is left half done by a printer that is idle', 'processing-stopped'],
  ] as const)('P-7: a job that %s is taken back: it would be another card, or wait for nothing', async (_, how) => {
    const { server, printer } = await start()
    const begun = server.jobs.hold()
    let seen = () => {}
    const printed = new Promise<void>(resolve => {
      seen = resolve
    })
    const printing = printer.print(order(), ({ progress }) => progress >= 0.2 && seen())
    await begun
    await printed
    server.jobs.giveUp(how)
    expect(await printing).toEqual(failure('JOB_ABORTED', true))
    expect(server.jobs.find(1)?.state).toBe('canceled')
    server.jobs.release()
    expect(server.printed).toEqual([])
  })

  test('P-7: a printer that came back without a memory: nobody knows, and another job of that number is not ours', async () => {
    const { server, printer } = await start()
    const begun = server.jobs.hold()
    const printing = printer.print(order(), () => {})
    await begun
    server.jobs.forget()
    expect(await printing).toEqual(failure('UNKNOWN_OUTCOME', true))
    server.jobs.release()
    const next = server.jobs.hold()
    const again = printer.print(order(), ({ progress }) => {
      if (progress < 0.2) return
      server.jobs.forget()
      const other = server.jobs.create('of another', {})
      server.jobs.release()
      server.jobs.receive(other, 'application/pdf', Buffer.from('another'))
    })
    await next
    expect(await again).toEqual(failure('UNKNOWN_OUTCOME', true))
  })

  test('P-7: a printer that says that the job is gone knows no more of it: it is not waited for', async () => {
    const { server, printer } = await start()
    server.misbehave('Get-Job-Attributes', { kind: 'STATUS', status: 'client-error-gone' })
    expect(await printer.print(order(), () => {})).toEqual(failure('UNKNOWN_OUTCOME', true))
  })

  test('P-7: a printer that is back and would go on with a job that was given up: it is taken back, and only that one', async () => {
    const { server, printer } = await start()
    const begun = server.jobs.hold()
    const printing = printer.print(order(), () => {})
    await begun
    await server.vanish()
    expect(await printing).toEqual(failure('UNKNOWN_OUTCOME', true))
    const other = server.jobs.create('of another', {})
    await server.comeBack()
    await expect.poll(() => server.jobs.find(1)?.state, { timeout: 5000 }).toBe('canceled')
    server.jobs.release()
    expect(server.printed).toEqual([])
    expect(other.state).toBe('pending')
  })

  test('P-7: a printer that is back without a memory: the job that has the number now is left alone', async () => {
    const { server, printer } = await start()
    const begun = server.jobs.hold()
    const printing = printer.print(order(), () => {})
    await begun
    await server.vanish()
    expect(await printing).toEqual(failure('UNKNOWN_OUTCOME', true))
    server.jobs.forget()
    const other = server.jobs.create('of another', {})
    const looks = server.asked.length
    await server.comeBack()
    await expect.poll(() => server.asked.slice(looks), { timeout: 5000 }).toEqual(['Get-Job-Attributes'])
    for (let i = 0; i < 3; i++) await printer.status()
    expect(server.asked).not.toContain('Cancel-Job')
    expect(other.state).toBe('pending')
  })

  test('P-7: a job that takes too long is taken back, and its last complaint is the reason', async () => {
    const { server } = await start()
    const printer = createIppPrinter({ uri: server.uri, limits: { ...limits, jobMs: 50 } })
    server.setReasons('media-empty-error')
    expect(await printer.print(order(), () => {})).toEqual(failure('NO_CARD', false))
    expect(server.jobs.find(1)?.state).toBe('canceled')
  })

  test.each<[string, Parameters<IppTestServer['misbehave']>[1], string]>([
    ['says nothing', { kind: 'SILENT' }, 'ETIMEDOUT'],
    ['hangs up', { kind: 'CLOSED' }, 'ECONNRESET'],
    ['is a web server', { kind: 'HTTP', status: 404 }, 'http-404'],
    ['answers in HTML', { kind: 'BYTES', bytes: Buffer.from('<!doctype html>') }, 'IppMessageError'],
    ['answers nothing', { kind: 'BYTES', bytes: Buffer.alloc(0) }, 'IppMessageError'],
    [
      'goes back in its own message',
      { kind: 'BYTES', bytes: Buffer.from('0200000000000001042100fff703', 'hex') },
      'IppMessageError',
    ],
    [
      'answers another request',
      { kind: 'BYTES', bytes: Buffer.from('0200000012345678' + '03', 'hex') },
      'wrong-request-id',
    ],
    ['answers without end', { kind: 'BYTES', bytes: Buffer.alloc(5 * 1024 * 1024) }, 'answer-too-long'],
    ['does not know the queue', { kind: 'STATUS', status: 'client-error-not-found' }, 'ipp-0x0406'],
  ])('P-1: a printer that %s is offline', async (_, how, keyword) => {
    const { server } = await start()
    const answerMs = how.kind === 'SILENT' ? 100 : limits.answerMs
    const printer = createIppPrinter({ uri: server.uri, limits: { ...limits, answerMs } })
    const offline = { code: 'OFFLINE', severity: 'ERROR', keyword }
    server.misbehave('Get-Printer-Attributes', how)
    expect(await printer.status()).toEqual({ state: 'FAULT', faults: [offline], twoSided: false })
    server.misbehave('Get-Printer-Attributes', how)
    expect(await printer.print(order(), () => {})).toEqual({ kind: 'FAILED', fault: offline, paperMayHaveMoved: false })
  })

  test.each<[string, Parameters<IppTestServer['misbehave']>[1], string]>([
    ['a password', { kind: 'HTTP', status: 401 }, 'http-401'],
    ['another machine', { kind: 'HTTP', status: 403 }, 'http-403'],
    ['TLS', { kind: 'HTTP', status: 426 }, 'http-426'],
    ['another user', { kind: 'STATUS', status: 'client-error-forbidden' }, 'ipp-0x0401'],
    ['to know the user', { kind: 'STATUS', status: 'client-error-not-authenticated' }, 'ipp-0x0402'],
  ])('P-1: a printer that wants %s is reached, and says no', async (_, how, keyword) => {
    const { server, printer } = await start()
    const denied = { code: 'ACCESS_DENIED', severity: 'ERROR', keyword }
    server.misbehave('Get-Printer-Attributes', how)
    expect(await printer.status()).toEqual({ state: 'FAULT', faults: [denied], twoSided: false })
    server.misbehave('Get-Printer-Attributes', how)
    expect(await printer.print(order(), () => {})).toEqual({ kind: 'FAILED', fault: denied, paperMayHaveMoved: false })
  })

  test.each(['http://printer.example/ipp', 'ipp://', 'ipp://root@printer.example/', 'no address'])(
    'P-1: %s is no printer, and so offline',
    async uri => {
      expect((await createIppPrinter({ uri }).status()).faults).toMatchObject([
        { code: 'OFFLINE', keyword: 'no-printer-uri' },
      ])
    },
  )
})
