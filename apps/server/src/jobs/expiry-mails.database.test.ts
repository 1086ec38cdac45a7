import {
  createDatabase,
  createPostgresStore,
  createUser,
  type Database,
  type Db,
  listAudit,
  newestScripts,
  openDatabase,
  putMailSettings,
  saveScript,
  setInstallationFact,
} from '@cardwright/adapters/db'
import { migrated, sample, type TestPostgres, testMacs } from '@cardwright/adapters/testing'
import { createMemoryMail, type MemoryMail } from '@cardwright/adapters/testing/mail'
import {
  type Actor,
  type Device,
  defaultMailSettings,
  MailError,
  type OptionName,
  type Options,
  optionNamed,
  setOption,
} from '@cardwright/core'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { expiryMailCarrier } from '../mail/expiry-mail-carrier.ts'
import { startTestPostgres } from '../testing/postgres.ts'
import { createExpiryMails } from './expiry-mails.ts'
import { type OutboxWorker, startOutboxWorker } from './outbox-worker.ts'

const DAY = 86_400_000
const actor: Actor = { kind: 'operator', id: 'op-1', label: 'Olga Officer' }
let postgres: TestPostgres
let servers: { readonly db: Db; readonly database: Database; readonly outbox: OutboxWorker }[]
let mail: MemoryMail
let userId: string
let now: number
beforeAll(async () => {
  postgres = await startTestPostgres()
}, 60_000)
beforeEach(async () => {
  const connection = await postgres.createDatabase(migrated)
  now = sample.aTime
  mail = createMemoryMail()
  const clock = () => now
  servers = [1, 2].map(() => {
    const db = openDatabase(connection, { onConnectionLost: () => {} })
    const database = createDatabase(db, testMacs)
    const carrier = expiryMailCarrier({
      database,
      mail: async () => mail,
      clock,
      portalUrl: () => 'https://cms.example.org/user',
    })
    const log = pino({ level: 'silent' })
    return { db, database, outbox: startOutboxWorker({ db, clock, log, carrier }) }
  })
  const settings = { ...defaultMailSettings, host: 'mail.example.org', fromAddress: 'cms@example.org' }
  await putMailSettings(first().database, { version: 1, settings, sealedPassword: null }, { actor, at: now })
  await setInstallationFact(first().db, 'organisation', 'Example & Sons')
  userId = await addUser('li.wei', 'li.wei@example.org')
  return async () => {
    for (const { outbox, db } of servers) {
      await outbox.stop()
      await db.destroy()
    }
  }
})
afterAll(() => postgres.stop())

const first = () => servers[0] as (typeof servers)[number]
const store = () => createPostgresStore(first().database)
const addUser = async (loginName: string, email?: string): Promise<string> => {
  const user = { loginName, displayName: 'Li <b>Wei</b>', groupIds: [], ...(email ? { email } : {}) }
  const made = await createUser(first().database, user, { actor, at: now })
  if (!made.ok) throw new Error(made.code)
  return made.value.id
}
/** A device that works for so many days more. */
const give = async (days: number, change: Partial<Device> = {}): Promise<Device> => {
  const times = { issuedAt: now - 300 * DAY, expiresAt: now + days * DAY }
  const device = sample.aDevice({ userId, state: 'ISSUED', reason: 'NONE', ...times, ...change })
  const saved = await store().transaction(tx => tx.devices.save({ ...device, version: 0 }))
  if (!saved) throw new Error('the device was not saved')
  return saved
}
const set = async <N extends OptionName>(name: N, value: Options[N]): Promise<void> => {
  const script = (await newestScripts(first().db)).find(stored => stored.name === optionNamed(name)?.script)
  if (!script) throw new Error(name)
  const saved = await saveScript(
    first().database,
    { ...script, text: setOption(script.text, name, value), sameChannelConfirmed: false },
    { actor, at: now },
  )
  expect(saved).toMatchObject({ ok: true, value: { mistakes: [] } })
}
/** Both servers look at once, then send. Answers the subjects of what went out, and forgets it. */
const turn = async (): Promise<string[]> => {
  const before = mail.arrived.length
  await Promise.all(
    servers.map(({ database, outbox }) =>
      createExpiryMails({
        database,
        store: createPostgresStore(database),
        clock: () => now,
        wakeOutbox: () => {},
      })().then(() => outbox.drain()),
    ),
  )
  for (const { outbox } of servers) await outbox.drain()
  return mail.arrived.slice(before).map(({ subject }) => subject)
}
const on = (days: number) => `Your device expires in ${days === 1 ? 'less than a day' : `${days} days`}`
const audited = async () =>
  (await listAudit(first().db, { scope: 'ALL', operatorId: '' }, { limit: 50 })).rows.filter(row =>
    row.action.startsWith('delivery.'),
  )

describe('N-3: mails before a device expires', () => {
  test('on each listed day and each day from the smallest, once, with two servers; the mail says which device and until when', async () => {
    const device = await give(62, { serial: '21234567' })
    const days: number[] = []
    for (let day = 62; day > 0; day--) {
      const sent = [...(await turn()), ...(await turn())]
      if (sent.length > 0) days.push(day)
      expect(sent).toEqual([60, 30, 14, 7, 6, 5, 4, 3, 2, 1].includes(day) ? [on(day)] : [])
      now += DAY
    }
    expect(await turn()).toEqual([])
    expect(days).toEqual([60, 30, 14, 7, 6, 5, 4, 3, 2, 1])
    const [message] = mail.arrived
    expect(message).toMatchObject({ to: 'li.wei@example.org' })
    const until = `${new Date(device.expiresAt ?? 0).toISOString().slice(0, 10)} `
    for (const body of [message?.text, message?.html]) {
      expect(body).toContain('21234567')
      expect(body).toContain(until)
      expect(body).toContain('https://cms.example.org/user')
    }
    expect(message?.html).toContain('Li &lt;b&gt;Wei&lt;/b&gt;')
    expect(message?.html).not.toContain('<b>Wei')
    expect(new Set(mail.arrived.map(({ messageId }) => messageId)).size).toBe(10)
    const records = await audited()
    expect(records).toHaveLength(10)
    expect(records[0]).toMatchObject({
      action: 'delivery.sent',
      result: 'SUCCESS',
      details: { kind: 'expiry', days: 1 },
    })
  }, 60_000)

  test('a temporary device by its own list', async () => {
    await give(10, { temporary: true, issuedAt: now - DAY })
    const days: number[] = []
    for (let day = 10; day > 0; day--, now += DAY) if ((await turn()).length > 0) days.push(day)
    expect(days).toEqual([7, 3])
    expect(mail.arrived[0]?.subject).toBe('Your temporary device expires in 7 days')
  })

  test('the lists are the options: what is saved holds for the mails after it', async () => {
    await give(40)
    await set('CardsEmailBeforeExpiringDays', [90, 20])
    await set('CardsEmailBeforeExpiringEachDay', false)
    expect(await turn()).toEqual([on(40)])
    now += 20 * DAY
    expect(await turn()).toEqual([on(20)])
    await set('CardsEmailBeforeExpiringDays', [])
    now += 15 * DAY
    expect(await turn()).toEqual([])
  })

  test('a server that was down for days sends the nearest one only', async () => {
    await give(62)
    expect(await turn()).toEqual([])
    now += 50 * DAY
    expect(await turn()).toEqual([on(12)])
    now += 4 * DAY
    expect(await turn()).toEqual([])
    now += DAY
    expect(await turn()).toEqual([on(7)])
  })

  test('a mail server that was down for days gets the nearest one only, and the audit has the first failure', async () => {
    await give(7)
    mail.fail(new MailError('MAIL_UNREACHABLE', 'down', 'wait'))
    for (const _ of [7, 6, 5]) {
      await turn()
      now += DAY
    }
    mail.fail(null)
    expect(await turn()).toEqual([on(4)])
    const records = await audited()
    expect(records.map(({ action }) => action)).toEqual(['delivery.sent', ...Array(3).fill('delivery.failed')])
    now += 3_600_000
    expect(await turn()).toEqual([])
  })

  test('a mail that is refused for good is not tried again', async () => {
    await give(30)
    mail.fail(new MailError('MAIL_REFUSED', 'no such mailbox', 'correct the address', true))
    await turn()
    mail.fail(null)
    now += 3_600_000
    expect(await turn()).toEqual([])
    expect((await audited()).map(({ reason }) => reason)).toEqual(['MAIL_REFUSED'])
  })
})

describe('N-3: who gets none', () => {
  test('no address, an address that is none, a disabled user; a suspended device gets one', async () => {
    await give(14, { userId: await addUser('no.address') })
    await give(14, { userId: await addUser('odd.address', 'nobody at all') })
    const disabled = await addUser('disabled', 'disabled@example.org')
    await first().db.updateTable('users').set({ status: 'DISABLED' }).where('id', '=', disabled).execute()
    await give(14, { userId: disabled })
    expect(await turn()).toEqual([])
    await give(14, { suspended: true })
    expect(await turn()).toEqual([on(14)])
  })

  test('a device that ended, or that an open request replaces, also where the mail was queued before', async () => {
    const [ended, replaced] = [await give(14), await give(14)]
    for (const { database } of servers)
      await createExpiryMails({ database, store: store(), clock: () => now, wakeOutbox: () => {} })()
    await store().transaction(async tx => {
      await tx.devices.save({ ...ended, state: 'TERMINATED', reason: 'DAMAGED' })
      const request = sample.aRequest(userId, replaced.id, {
        state: 'PENDING_APPROVAL',
        decidedBy: null,
        decidedAt: null,
      })
      await tx.requests.save(request)
    })
    for (const { outbox } of servers) await outbox.drain()
    expect(mail.arrived).toEqual([])
    now += 7 * DAY
    expect(await turn()).toEqual([])
  })

  test('a device whose day was before it was issued waits for the next one; without a mail server nothing is queued', async () => {
    await give(14, { issuedAt: now })
    expect(await turn()).toEqual([])
    now += 5 * DAY
    expect(await turn()).toEqual([])
    await putMailSettings(
      first().database,
      { version: 2, settings: defaultMailSettings, sealedPassword: null },
      { actor, at: now },
    )
    now += 2 * DAY
    expect(await turn()).toEqual([])
    const rows = await first().db.selectFrom('expiry_mails').selectAll().execute()
    expect(rows).toEqual([])
  })
})
