import { createUser, type Delivery, deliveriesOfDevice, getDelivery, listAudit } from '@cardwright/adapters/db'
import { createSoftwareKeys, masterSecret } from '@cardwright/adapters/keys'
import { sample } from '@cardwright/adapters/testing'
import { createFakePrinter } from '@cardwright/adapters/testing/printer'
import {
  type Actor,
  type DeliveryChannel,
  type Device,
  noDelivery,
  type Printer,
  queueDeliveries,
  sealSecret,
  type Transaction,
} from '@cardwright/core'
import { pino } from 'pino'
import { openOutbox } from '../jobs/outbox.fixture.ts'
import { createCurrentMail } from '../mail/current-mail.ts'
import { mailCarrier } from '../mail/mail-carrier.ts'
import { letterCarrier } from './letter-carrier.ts'

export const PIN = '284917'
export const PUK = '73915264'
export const officer: Actor = { kind: 'operator', id: 'op-1', label: 'Olga Officer' }

/** An issued device whose PIN and PUK are stored, its holder who reads German, and a letter printer in the test's hands. */
export const openLetters = async () => {
  const time = { now: sample.aTime }
  const clock = () => time.now
  const keys = createSoftwareKeys(masterSecret(new Uint8Array(32).fill(7)))
  const outbox = await openOutbox(clock)
  const logged: string[] = []
  const log = pino({ level: 'error' }, { write: line => void logged.push(line) })
  const { db, database, store } = outbox
  const made = await createUser(
    database,
    { loginName: 'anna', displayName: 'Anna Lindström', email: 'anna@example.org', language: 'de', groupIds: [] },
    { actor: officer, at: time.now },
  )
  if (!made.ok) throw new Error(made.code)
  const userId = made.value.id
  const device = sample.aDevice({ state: 'ISSUED', userId })
  const issuance = sample.anIssuance(device.id, { state: 'COMPLETED', userId, lease: null, endedAt: time.now })
  await store.transaction(async tx => {
    await tx.devices.save(device)
    await tx.issuances.save(issuance)
    for (const [kind, value] of [
      ['PIN', PIN],
      ['PUK', PUK],
    ] as const)
      await tx.secrets.put(
        await sealSecret(keys, { deviceId: device.id, kind, stage: 'CURRENT', issuanceId: issuance.id }, value),
      )
  })
  const printer = createFakePrinter()
  const site: { printer: Printer | null } = { printer }
  const carrier = (own = database) =>
    letterCarrier({
      database: own,
      store,
      keys,
      clock,
      log,
      random: bytes => new Uint8Array(bytes),
      letterPrinterFor: async () => (site.printer ? { name: 'Letters, ground floor', printer: site.printer } : null),
      lookEveryMs: 5,
    })
  const list = async (): Promise<readonly Delivery[]> =>
    (await deliveriesOfDevice(db, 'ALL', device.id)).map(({ delivery }) => delivery)
  return {
    ...outbox,
    time,
    /** Lines that the letters' carrier wrote about errors. */
    logged,
    keys,
    userId,
    deviceId: device.id,
    issuanceId: issuance.id,
    printer,
    site,
    carrier,
    start: (own = database) => outbox.start(carrier(own)),
    /** By the stored mail settings. */
    startMail: () => outbox.start(mailCarrier({ database, store, keys, mail: createCurrentMail(db, keys), clock })),
    queue: async (plan: { pin?: DeliveryChannel; puk?: DeliveryChannel }): Promise<readonly string[]> => {
      const before = (await list()).map(d => d.id)
      await store.transaction(tx =>
        queueDeliveries(
          tx,
          { id: issuance.id, userId, deviceId: device.id, delivery: { ...noDelivery, ...plan } },
          { newId: () => crypto.randomUUID(), at: time.now },
        ),
      )
      return (await list()).map(d => d.id).filter(id => !before.includes(id))
    },
    /** The card was issued once more: it has another PIN, which a letter of its own is to bring. */
    issueAgain: async (pin: string): Promise<void> => {
      const next = sample.anIssuance(device.id, { state: 'COMPLETED', userId, lease: null, endedAt: time.now })
      const secret = { deviceId: device.id, kind: 'PIN', stage: 'CURRENT', issuanceId: next.id } as const
      await store.transaction(async tx => {
        await tx.issuances.save(next)
        await tx.secrets.put(await sealSecret(keys, secret, pin))
        await queueDeliveries(
          tx,
          { ...next, delivery: { ...noDelivery, pin: 'PRINT' } },
          { newId: () => crypto.randomUUID(), at: time.now },
        )
      })
    },
    delivery: async (id: string): Promise<Delivery> => {
      const found = await getDelivery(db, id)
      if (!found) throw new Error('no such delivery')
      return found
    },
    list,
    change: async (work: (tx: Transaction, device: Device) => Promise<unknown>) => {
      await store.transaction(async tx => {
        const now = await tx.devices.get(device.id)
        if (now) await work(tx, now)
      })
    },
    secrets: async () => (await db.selectFrom('secrets').select('kind').orderBy('kind').execute()).map(s => s.kind),
    audited: async () =>
      (await listAudit(db, { scope: 'ALL', operatorId: 'o' }, { limit: 50 })).rows
        .filter(row => row.objectType === 'delivery')
        .map(row => `${row.action} ${row.result} ${row.reason}`)
        .reverse(),
  }
}
export type Letters = Awaited<ReturnType<typeof openLetters>>
