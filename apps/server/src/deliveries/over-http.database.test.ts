import { readLetter } from '@cardwright/adapters/testing/letter'
import type { AuditEntry, Delivery, Home, LetterSettings, Problem, StoredLetterSettings } from '@cardwright/contract'
import { defaultScript, setOption } from '@cardwright/core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../testing/client.ts'
import { endedDeliveries, generatePins, issueTo } from '../testing/delivered.ts'
import { operatorOfGroup, operatorWith } from '../testing/operators.ts'
import { ok, refused } from '../testing/requests.ts'
import { startTestHost, type TestServer } from '../testing/test-server.ts'

let host: Awaited<ReturnType<typeof startTestHost>>
let server: TestServer
let admin: Client
let helpDesk: Client
/** May repeat deliveries and change settings, of Contractors only. */
let ofContractors: Client

beforeAll(async () => {
  host = await startTestHost()
  server = await host.startTestServer()
  admin = await server.administrator()
  helpDesk = await operatorWith(server, admin, 'quentin.dubois', 'HELP_DESK')
  const permissions = ['device.read', 'user.read', 'delivery.repeat', 'settings.read', 'settings.write'] as const
  ofContractors = await operatorOfGroup(server, admin, 'Contractors', permissions)
}, 90_000)
afterAll(async () => {
  await server.stop()
  await host.stop()
})

const audited = async (action: string) =>
  ok(await admin.call<{ rows: AuditEntry[] }>('GET', `/api/audit?action=${action}`)).rows

describe('options scripts', () => {
  type Script = {
    name: string
    version: number
    text: string
    note: string
    savedAt: string | null
    savedBy: string | null
  }
  type Saved = { script: Script; mistakes: { line: number; column: number; code: string; text: string }[] }
  const path = '/api/settings/option-scripts'
  const TEMPORARY = `${path}/TempCardsScriptOptions`
  const CARDS = `${path}/CardsScriptOptions`
  const versions = async (of: string) => ok(await admin.call<{ rows: Script[] }>('GET', `${of}/versions`)).rows
  const save = (of: string, body: object, by = admin) => by.call<Saved & Problem>('PUT', of, body)

  test.each([
    ['a typo', 'CardsPINLenght = "4"', ['3: There is no option CardsPINLenght; did you mean CardsPINLength?']],
    ['a wrong value', 'CardsPINLength = "12"', ['3: CardsPINLength must be "6" or "4".']],
    ['a wrong type', 'CardsMultipleActive = "true"', ['3: CardsMultipleActive must be true or false.']],
    [
      'code',
      'CardsPINLength = require("fs")',
      [expect.stringMatching(/^3: Only values can stand here: .* never executed\.$/)],
    ],
    ['what is not available', 'CardsDeactivationApproval = true', [expect.stringMatching(/^3: /)]],
  ])('N-6, bad input: %s is named by its line, and nothing is stored', async (_, line, expected) => {
    const before = await versions(CARDS)
    const answer = ok(await save(CARDS, { version: 1, text: `// ours\n\n${line}\n` }))
    expect(answer.mistakes.map(mistake => `${mistake.line}: ${mistake.text}`)).toEqual(expected)
    expect(answer.script).toEqual(before[0])
    expect(await versions(CARDS)).toEqual(before)
    expect(await audited('settings.options-changed')).toEqual([])
  })

  test('N-6, bad input: a text of 20,001 characters, and a script that there is not, are refused', async () => {
    expect(refused(await save(CARDS, { version: 1, text: '#'.repeat(20_001) }))).toEqual([400, 'INPUT_INVALID'])
    expect(refused(await save(`${path}/CardsScript`, { version: 1, text: '' }))).toEqual([400, 'INPUT_INVALID'])
    expect(await versions(CARDS)).toHaveLength(1)
  })

  test('N-2: who changed what and when is kept; who saves over a newer version is told who was faster; an earlier text can be had back', async () => {
    const installed = defaultScript('TempCardsScriptOptions')
    const week = setOption(installed, 'TempCardsValidityDays', 7)
    const saved = ok(await save(TEMPORARY, { version: 1, text: week, note: 'a week is enough' }))
    expect(saved).toMatchObject({ mistakes: [], script: { version: 2, text: week, note: 'a week is enough' } })
    const late = await save(TEMPORARY, { version: 1, text: '# mine' })
    expect([...refused(late), late.body.detail]).toEqual([
      409,
      'VERSION_CONFLICT',
      expect.stringContaining(saved.script.savedBy ?? '?'),
    ])
    const [newest, first] = await versions(TEMPORARY)
    expect(newest).toEqual(saved.script)
    expect(Math.abs(Date.now() - Date.parse(newest?.savedAt ?? ''))).toBeLessThan(60_000)
    expect(first).toMatchObject({ version: 1, text: installed, savedAt: null, savedBy: null })
    ok(await save(TEMPORARY, { version: 2, text: first?.text, note: 'back to version 1' }))
    expect((await versions(TEMPORARY)).map(({ version, text }) => [version, text === installed])).toEqual([
      [3, true],
      [2, false],
      [1, true],
    ])
    expect((await audited('settings.options-changed')).map(({ details }) => details)).toMatchObject([
      { TempCardsValidityDays: '7 → 14', note: 'back to version 1' },
      { TempCardsValidityDays: '14 → 7', note: 'a week is enough' },
    ])
  })

  test('N-5: PIN and PUK by the same channel are saved only with an explicit confirmation', async () => {
    const text = 'CardsPINDeliveryMethod = "email"\nCardsPUKDeliveryMethod = "email"\n'
    expect(ok(await save(CARDS, { version: 1, text })).mistakes).toMatchObject([{ line: 2, code: 'SAME_CHANNEL' }])
    expect(await versions(CARDS)).toHaveLength(1)
    const confirmed = ok(await save(CARDS, { version: 1, text, sameChannelConfirmed: true }))
    expect(confirmed).toMatchObject({ mistakes: [], script: { version: 2 } })
    ok(await save(CARDS, { version: 2, text: defaultScript('CardsScriptOptions') }))
  })

  test('changing them needs settings.write over all groups', async () => {
    for (const client of [helpDesk, ofContractors])
      expect((await save(TEMPORARY, { version: 3, text: '' }, client)).status).toBe(403)
    expect((await ofContractors.call('GET', path)).status).toBe(200)
    expect(await versions(TEMPORARY)).toHaveLength(3)
  })
})

describe('settings of letters and mails', () => {
  const path = '/api/settings/letters'
  const stored = async () => ok(await admin.call<StoredLetterSettings>('GET', path))
  const put = async (change: Partial<LetterSettings>, version?: number) => {
    const now = await stored()
    return admin.call('PUT', path, { version: version ?? now.version, settings: { ...now.settings, ...change } })
  }
  const texts = async (change: Partial<LetterSettings['texts'][number]>) => {
    const { settings } = await stored()
    return { texts: settings.texts.map((own, i) => (i === 0 ? { ...own, ...change } : own)) }
  }
  const png = (bytes: Uint8Array) => `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`
  const black = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: '#000' } })
      .png({ compressionLevel: 9 })
      .toBuffer()

  test('N-5, bad input: an unknown field, a PIN in the subject, a text without it, one that fits no page, a sealed PIN beside the paper', async () => {
    const wrong: [Partial<LetterSettings>, string][] = [
      [await texts({ letterBody: 'Dear {displayNam}\n\n{pin}\n\n{puk}' }), 'texts.0.letterBody'],
      [await texts({ mailSubject: 'Your PIN {pin}' }), 'texts.0.mailSubject'],
      [await texts({ mailText: 'Your PIN and PUK: {pin} {puk}' }), 'texts.0.mailText'],
      [await texts({ letterBody: `${'word\n'.repeat(60)}\n\n{pin}\n\n{puk}` }), 'texts.0.letterBody'],
      [{ protection: 'PRESSURE_SEAL', sealed: { x: 200, y: 10 } }, 'sealed'],
    ]
    for (const [change, field] of wrong) {
      const answer = await put(change)
      expect([answer.status, Object.keys(answer.body.fields ?? {})]).toEqual([400, [field]])
    }
    expect(await stored()).toMatchObject({ version: 1, changedAt: null })
  })

  test('bad input: a logo that is too large, no picture, or a decompression bomb', async () => {
    const wrong = [
      png(new Uint8Array(1_100_000)),
      png(new Uint8Array(500)),
      png(await black(4200, 4200)),
      'data:image/svg+xml;base64,PHN2Zy8+',
    ]
    for (const logo of wrong) {
      const answer = await put({ logo })
      expect([answer.status, Object.keys(answer.body.fields ?? {})]).toEqual([400, [expect.stringMatching(/logo$/)]])
    }
    expect(await stored()).toMatchObject({ version: 1, settings: { logo: null } })
  })

  test('what is saved holds, of two editors the second is told, and the audit says what changed without the texts', async () => {
    expect(
      (
        await put({
          ...(await texts({ letterSubject: 'Your new {what}' })),
          paper: 'LETTER',
          logo: png(await black(80, 20)),
        })
      ).status,
    ).toBe(200)
    expect(await stored()).toMatchObject({
      version: 2,
      settings: { paper: 'LETTER', logo: expect.stringMatching(/^data:image/) },
    })
    expect(refused(await put({ paper: 'A4' }, 1))).toEqual([409, 'VERSION_CONFLICT'])
    const [record] = await audited('settings.letters-changed')
    expect(record?.details).toMatchObject({ paper: 'A4 → LETTER', logo: 'changed', texts: 'en' })
    const own = await admin.call<{ pdf: string; mail: { subject: string; text: string } }>('POST', `${path}/preview`, {
      settings: (await stored()).settings,
      language: 'en',
    })
    const { pdf, mail } = ok(own)
    const lines = await readLetter(Buffer.from(pdf.slice(pdf.indexOf(',') + 1), 'base64'))
    expect(lines).toEqual(expect.arrayContaining(['Your new PIN', '739152']))
    expect(mail.text).toContain('739152')
  })
})

describe('letters and mails of a device', () => {
  let deviceId: string
  let failed: Delivery | undefined
  const list = (by: Client) => by.call<{ rows: Delivery[] } & Problem>('GET', `/api/devices/${deviceId}/deliveries`)
  const repeat = (by: Client, id = failed?.id) =>
    by.call<Delivery & Problem>('POST', `/api/deliveries/${id}/repeat`, { note: 'again' })

  const onHome = async (by: Client) => ok(await by.call<Home>('GET', '/api/home')).undelivered

  test('N-5: the list says why nothing was delivered and what to do; the issuance stands', async () => {
    await generatePins(admin)
    deviceId = (await issueTo(admin, 'giulia.rossi')).deviceId
    failed = (await endedDeliveries(admin, deviceId)).PIN
    expect(failed).toMatchObject({
      what: 'PIN',
      channel: 'PRINT',
      state: 'FAILED',
      problem: {
        code: 'NO_LETTER_PRINTER',
        text: expect.stringContaining('letter printer'),
        advice: expect.stringContaining('repeat'),
      },
      repeat: { allowed: true },
    })
    expect(ok(await admin.call<{ state: string }>('GET', `/api/devices/${deviceId}`)).state).toBe('ISSUED')
    expect(await audited('delivery.failed')).toMatchObject([{ reason: 'NO_LETTER_PRINTER', objectId: failed?.id }])
    const { total, newest } = await onHome(helpDesk)
    expect([total, newest.length]).toEqual([1, 1])
    expect(newest).toMatchObject([
      { id: failed?.id, deviceId, what: 'PIN', channel: 'PRINT', state: 'FAILED', problem: failed?.problem },
    ])
  })

  test('N-5: who may not repeat is told why, and nothing is queued; outside of the own groups there is no such delivery', async () => {
    const officer = await operatorWith(server, admin, 'priya.raman', 'AUDITOR')
    expect(ok(await list(officer)).rows).toMatchObject([
      { repeat: { allowed: false, reason: expect.stringContaining('Repeat') } },
    ])
    expect((await repeat(officer)).status).toBe(403)
    expect((await list(ofContractors)).status).toBe(404)
    expect(await onHome(ofContractors)).toEqual({ total: 0, newest: [] })
    expect(refused(await repeat(ofContractors))).toEqual([404, 'NOT_FOUND'])
    expect(refused(await repeat(helpDesk, '01890a5d-ac96-774b-bcce-b302099a8057'))).toEqual([404, 'NOT_FOUND'])
    expect(await audited('delivery.repeated')).toEqual([])
  })

  test('N-5: the help desk repeats it; a device that was lost has nothing more to repeat', async () => {
    expect(ok(await repeat(helpDesk))).toMatchObject({ state: 'WAITING', problem: null })
    expect((await audited('delivery.repeated'))[0]).toMatchObject({
      reason: 'NO_LETTER_PRINTER',
      details: { note: 'again' },
    })
    expect((await endedDeliveries(admin, deviceId)).PIN).toMatchObject({ state: 'FAILED', attempts: 2 })
    const { version } = ok(await admin.call<{ version: number }>('GET', `/api/devices/${deviceId}`))
    ok(await admin.call('POST', `/api/devices/${deviceId}/terminate`, { version, reason: 'LOST', note: 'lost' }))
    expect(ok(await list(helpDesk)).rows).toMatchObject([{ repeat: { allowed: false } }])
    expect(refused(await repeat(helpDesk))).toEqual([409, 'DELIVERY_GONE'])
    expect(await onHome(helpDesk)).toEqual({ total: 0, newest: [] })
  })
})
