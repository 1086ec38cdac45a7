import {
  createUser,
  type Database,
  type Db,
  type Delivery,
  getDelivery,
  listAudit,
  putMailSettings,
  setInstallationFact,
} from '@cardwright/adapters/db'
import { createSoftwareKeys, masterSecret } from '@cardwright/adapters/keys'
import { sample } from '@cardwright/adapters/testing'
import { createMemoryMail, type MemoryMail } from '@cardwright/adapters/testing/mail'
import { type Actor, defaultMailSettings, MailError } from '@cardwright/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { certificateCarrier } from '../jobs/certificate-carrier.ts'
import { openOutbox, type TestOutbox } from '../jobs/outbox.fixture.ts'
import type { OutboxWorker } from '../jobs/outbox-worker.ts'
import { createMailDelivery, type MailDelivery } from './deliver.ts'
import { mailCarrier } from './mail-carrier.ts'

const HOUR = 3_600_000
const PASSWORD = 'F7QK-2M9D-XWTR'
const actor: Actor = { kind: 'operator', id: 'op-1', label: 'Olga Officer' }
const keys = createSoftwareKeys(masterSecret(new Uint8Array(32).fill(7)))

let outbox: TestOutbox
let db: Db
let database: Database
let mail: MemoryMail
let delivery: MailDelivery
let worker: OutboxWorker
let now: number
let userId: string
let deviceId: string

const configure = async () => {
  const settings = { ...defaultMailSettings, host: 'mail.example.org', fromAddress: 'cms@example.org' }
  await putMailSettings(database, { version: 1, settings, sealedPassword: null }, { actor, at: now })
}
beforeEach(async () => {
  now = sample.aTime
  outbox = await openOutbox(() => now)
  ;({ db, database } = outbox)
  await setInstallationFact(db, 'organisation', 'Example & Sons')
  const made = await createUser(
    database,
    { loginName: 'li.wei', displayName: 'Li <b>Wei</b>', groupIds: [] },
    { actor, at: now },
  )
  if (!made.ok) throw new Error(made.code)
  userId = made.value.id
  const device = sample.aDevice()
  deviceId = device.id
  await outbox.store.transaction(tx => tx.devices.save({ ...device, version: 0 }))
  mail = createMemoryMail()
  delivery = createMailDelivery({ db, keys, clock: () => now })
  worker = startWorker(database)
})
afterEach(() => outbox.close())

const startWorker = (own: Database) =>
  outbox.start(mailCarrier({ database: own, store: outbox.store, keys, mail: async () => mail, clock: () => now }))
const queue = async (change: { email?: string | null; password?: string } = {}): Promise<string> => {
  const user = { id: userId, displayName: 'Li <b>Wei</b>', email: 'li.wei@example.org', ...change }
  const { deliveryId } = await delivery.queueInitialPassword(database, {
    user,
    deviceId,
    password: change.password ?? PASSWORD,
    validUntil: now + 24 * HOUR,
    portalUrl: 'https://cms.example.org/user',
  })
  return deliveryId
}
const stored = async (id: string): Promise<Delivery> => {
  const found = await getDelivery(db, id)
  if (!found) throw new Error('no such delivery')
  return found
}
const audited = async () =>
  (await listAudit(db, { scope: 'ALL', operatorId: 'o' }, { limit: 50 })).rows
    .filter(row => row.objectType === 'delivery')
    .map(row => `${row.action} ${row.result} ${row.reason}`)
    .reverse()
const unreachable = () => new MailError('MAIL_UNREACHABLE', 'down', 'wait')

test('without a mail server, or without an address, nothing is queued and the caller is told which', async () => {
  expect(await delivery.mailIsConfigured()).toBe(false)
  await expect(queue()).rejects.toMatchObject({ code: 'MAIL_NOT_CONFIGURED' })
  await configure()
  expect(await delivery.mailIsConfigured()).toBe(true)
  for (const email of [null, '', 'nobody', 'a@b.example\r\nBcc: eve@example.com'])
    await expect(queue({ email })).rejects.toMatchObject({ code: 'MAIL_REFUSED', permanent: true })
  expect(await db.selectFrom('outbox').selectAll().execute()).toEqual([])
})

describe('an initial password', () => {
  beforeEach(configure)

  test('N-5: is delivered, and its content is wiped with the note of it', async () => {
    const id = await queue()
    expect((await stored(id)).sealed).not.toBeNull()
    await worker.drain()
    const [arrived] = mail.arrived
    expect(arrived).toMatchObject({ to: 'li.wei@example.org', messageId: `${id}@example.org` })
    for (const text of [arrived?.text, arrived?.html]) {
      expect(text).toContain(PASSWORD)
      expect(text).toContain('https://cms.example.org/user')
      expect(text).toContain('2026-01-02 00:00 UTC')
    }
    expect(arrived?.text).toContain('Hello Li <b>Wei</b>,')
    expect(arrived?.html).toContain('Hello Li &lt;b&gt;Wei&lt;/b&gt;,')
    expect(arrived?.html).toContain('Example &amp; Sons')
    expect(await stored(id)).toMatchObject({ sealed: null, deliveredAt: now, failedAt: null, attempts: 1 })
    expect(await audited()).toEqual(['delivery.sent SUCCESS null'])
    await worker.drain()
    expect(mail.arrived).toHaveLength(1)
  })

  test('is queued in the caller’s transaction: if that is rolled back, there is no mail', async () => {
    const rolledBack = database.transaction(async scope => {
      await delivery.queueInitialPassword(scope, {
        user: { id: userId, displayName: 'Li Wei', email: 'li.wei@example.org' },
        deviceId,
        password: PASSWORD,
        validUntil: now + HOUR,
        portalUrl: 'https://cms.example.org/user',
      })
      throw new Error('the caller failed')
    })
    await expect(rolledBack).rejects.toThrow()
    await worker.drain()
    expect(mail.arrived).toEqual([])
    expect(await db.selectFrom('deliveries').selectAll().execute()).toEqual([])
  })

  test('waits while the server is down, is tried later and later, and arrives once it is back', async () => {
    const id = await queue()
    mail.fail(unreachable())
    for (let second = 0; second < 20; second++) {
      await worker.drain()
      now += 1000
    }
    expect(await stored(id)).toMatchObject({ attempts: 4, lastError: 'MAIL_UNREACHABLE', deliveredAt: null })
    expect((await stored(id)).sealed).not.toBeNull()
    mail.fail(null)
    now += 60_000
    await worker.drain()
    expect(mail.arrived).toHaveLength(1)
    expect(await stored(id)).toMatchObject({ sealed: null, deliveredAt: now, lastError: null, attempts: 5 })
    // The first failure and the end, not every try.
    expect(await audited()).toEqual(['delivery.failed FAILURE MAIL_UNREACHABLE', 'delivery.sent SUCCESS null'])
  })

  test('goes again with the same Message-ID if the answer, or the note of it, got lost', async () => {
    const id = await queue()
    mail.fail(unreachable(), 'afterwards')
    await worker.drain()
    mail.fail(null)
    now += 60_000
    // The second time the mail goes out, and the database dies before it is noted.
    await worker.stop()
    let refused = false
    worker = startWorker({
      ...database,
      transaction: async work => {
        if (!refused && mail.arrived.length === 2) {
          refused = true
          throw new Error('the database is gone')
        }
        return database.transaction(work)
      },
    })
    await worker.drain()
    expect((await stored(id)).deliveredAt).toBeNull()
    now += 60_000
    await worker.drain()
    expect(mail.arrived.map(m => m.messageId)).toEqual(Array(3).fill(`${id}@example.org`))
    expect(await stored(id)).toMatchObject({ sealed: null, deliveredAt: now })
  })

  test('is given up and wiped when the server refuses it for good; nothing is undone and a new one can be sent', async () => {
    const id = await queue({ email: 'unknown@example.org' })
    await worker.drain()
    expect(await stored(id)).toMatchObject({ sealed: null, failedAt: now, lastError: 'MAIL_REFUSED', attempts: 1 })
    now += HOUR
    await worker.drain()
    expect(await audited()).toEqual(['delivery.failed FAILURE MAIL_REFUSED'])
    const next = await queue()
    await worker.drain()
    expect((await stored(next)).deliveredAt).toBe(now)
  })

  test('is not sent, and is wiped, once it is no longer good', async () => {
    const id = await queue()
    mail.fail(unreachable())
    await worker.drain()
    mail.fail(null)
    now += 25 * HOUR
    await worker.drain()
    expect(mail.arrived).toEqual([])
    expect(await stored(id)).toMatchObject({ sealed: null, failedAt: now, lastError: 'EXPIRED' })
  })

  test('that waits is withdrawn and wiped by a newer one for the device: only that arrives', async () => {
    const id = await queue({ password: 'OLD1-OLD1-OLD1' })
    mail.fail(unreachable())
    await worker.drain()
    await queue()
    mail.fail(null)
    now += HOUR
    await worker.drain()
    expect(mail.arrived.map(m => m.text.includes(PASSWORD))).toEqual([true])
    expect(await stored(id)).toMatchObject({ sealed: null, lastError: 'WITHDRAWN' })
  })

  test('that waits is withdrawn and wiped when the device no longer waits for its user (U-11)', async () => {
    const id = await queue()
    await outbox.store.transaction(async tx => {
      const device = await tx.devices.get(deviceId)
      if (device) await tx.devices.save({ ...device, reason: 'RECYCLE' })
    })
    await worker.drain()
    expect(mail.arrived).toEqual([])
    expect(await stored(id)).toMatchObject({ sealed: null, lastError: 'WITHDRAWN' })
    expect(await audited()).toEqual([])
  })

  test('that hangs at the mail server delays no certificate: each outside system has its own worker', async () => {
    let answer = () => {}
    const hanging = new Promise<void>(resolve => {
      answer = resolve
    })
    const changed: string[] = []
    const id = await queue()
    const hold = {
      kind: 'certificate.change-status' as const,
      authorityId: 'ca',
      serialNumber: '01',
      change: 'hold' as const,
      reason: 'certificateHold',
    }
    await worker.stop()
    const send = mail.send
    let asked = () => {}
    const reached = new Promise<void>(resolve => {
      asked = resolve
    })
    mail.send = async message => {
      asked()
      await hanging
      await send(message)
    }
    worker = startWorker(database)
    await reached
    await outbox.store.transaction(tx => tx.outbox(hold))
    const authority = {
      id: 'ca',
      issue: async () => Promise.reject(new Error('nothing is issued here')),
      changeStatus: async ({ serialNumber }: { serialNumber: string }) => void changed.push(serialNumber),
      abandon: async () => {},
    }
    const certificates = outbox.start(certificateCarrier(new Map([['ca', authority]]), async () => {}))
    await certificates.drain()
    expect([changed, (await stored(id)).deliveredAt]).toEqual([['01'], null])
    answer()
    await worker.drain()
    expect((await stored(id)).deliveredAt).toBe(now)
  })

  test('whose sealed content was put under another delivery is not sent', async () => {
    const id = await queue({ password: 'OLD1-OLD1-OLD1' })
    const { sealed } = await stored(id)
    const next = await queue()
    await db.updateTable('deliveries').set({ sealed }).where('id', '=', next).execute()
    await worker.drain()
    expect(mail.arrived).toEqual([])
    expect(await stored(next)).toMatchObject({ lastError: 'INTERNAL', deliveredAt: null })
  })
})
