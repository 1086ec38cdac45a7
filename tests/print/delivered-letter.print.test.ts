import { join } from 'node:path'
import { type SmtpTestServer, startSmtpServer } from '@cardwright/adapters/testing/mail'
import { readVirtualCardState } from '@cardwright/card-virtual'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  addLetterPrinter,
  endedDeliveries,
  generatePins,
  issueTo,
  useMailServer,
  verifiesPin,
} from '../../apps/server/src/testing/delivered.ts'
import { holds } from '../../apps/server/src/testing/holds.ts'
import { changeOption } from '../../apps/server/src/testing/requests.ts'
import { everythingStored } from '../../apps/server/src/testing/secret-search.ts'
import { startTestHost, type TestServer } from '../../apps/server/src/testing/test-server.ts'
import { type RunningCups, startCups } from './cups.ts'
import { wordsOf } from './pdf.ts'
import { A4 } from './ppd.ts'

const LETTERS = 'letters'

let host: Awaited<ReturnType<typeof startTestHost>>
let server: TestServer
let cups: RunningCups
let smtp: SmtpTestServer
beforeAll(async () => {
  cups = await startCups([{ name: LETTERS, sizes: [A4], twoSided: true }], [], 'AS_INSTALLED')
  smtp = await startSmtpServer({ tls: 'STARTTLS' })
  host = await startTestHost()
  server = await host.startTestServer()
}, 90_000)
afterAll(async () => {
  await server?.stop()
  await host?.stop()
  await smtp?.close()
  await cups?.close()
})

test('N-1, N-3, N-5: a card is issued, its PIN comes out of CUPS and its PUK by mail; the card takes both, and the database has no PIN', async () => {
  const admin = await server.administrator()
  await addLetterPrinter(admin, cups.uri(LETTERS))
  await useMailServer(admin, smtp)
  await generatePins(admin)
  await changeOption(admin, 'CardsPUKDeliveryMethod', 'email')
  const { deviceId, cardId } = await issueTo(admin, 'karolina.zolc')
  const { PIN, PUK } = await endedDeliveries(admin, deviceId)
  expect([PIN, PUK]).toMatchObject([
    { channel: 'PRINT', state: 'DELIVERED', to: 'Letters', copy: 1 },
    { channel: 'EMAIL', state: 'DELIVERED', to: 'karolina.zolc@meridian.example' },
  ])

  const words = wordsOf(cups.tray(LETTERS).document(`Letter ${PIN?.id.slice(-8)}`)).map(({ word }) => word)
  expect(words).toEqual(expect.arrayContaining(['Karolina', 'Żółć']))
  const pin = words.find(word => /^\d{6}$/.test(word)) ?? ''
  const [mail] = smtp.arrived
  expect(mail).toMatchObject({ to: ['karolina.zolc@meridian.example'], tls: true })
  const puk = /^ {4}(\d{8})$/m.exec(mail?.text ?? '')?.[1]
  const file = join(server.dataDir, 'virtual-cards', `${cardId}.json`)
  expect(await verifiesPin(file, pin)).toBe(true)
  expect(Buffer.from((await readVirtualCardState(file)).piv.puk.value).toString('latin1')).toBe(puk)

  const stored = await everythingStored(server.databaseUrl)
  expect(stored.split('\n').filter(row => row.startsWith('secrets ') && row.includes('"kind": "PIN"'))).toEqual([])
  expect(cups.documents()).toEqual([])
  expect([holds(stored, pin), stored.includes(mail?.subject ?? '')]).toEqual([false, false])
  expect(holds(server.logged(), pin)).toBe(false)
})
