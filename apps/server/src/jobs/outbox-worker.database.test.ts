import { claimOutbox, finishOutbox, postponeOutbox } from '@cardwright/adapters/db'
import { type CertificateAuthority, CertificateAuthorityError, type OutboxMessage } from '@cardwright/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { certificateCarrier } from './certificate-carrier.ts'
import { openOutbox, type TestOutbox } from './outbox.fixture.ts'

let outbox: TestOutbox
let now = Date.UTC(2026, 0, 1)
beforeEach(async () => {
  outbox = await openOutbox(() => now)
})
afterEach(() => outbox.close())

const authority = (carryOut: (what: string) => unknown): CertificateAuthority => ({
  id: 'ca',
  issue: async () => {
    throw new Error('nothing is issued here')
  },
  changeStatus: async r => void (await carryOut(`${r.change} ${r.serialNumber}`)),
  abandon: async r => void (await carryOut(`abandon ${r.idempotencyKey}`)),
})
const put = (...messages: OutboxMessage[]) =>
  outbox.store.transaction(async tx => {
    for (const message of messages) await tx.outbox(message)
  })
const change = (serialNumber: string, change: 'hold' | 'resume' | 'revoke'): OutboxMessage => ({
  kind: 'certificate.change-status',
  authorityId: 'ca',
  serialNumber,
  change,
  reason: 'certificateHold',
})
const start = (carryOut: (what: string) => unknown) => {
  const changes: number[] = []
  const own = outbox.start(certificateCarrier(new Map([['ca', authority(carryOut)]]), async () => changes.push(now)))
  return { own, changes }
}

test('carries out everything once, what is about one certificate in its order, and tells that statuses changed', async () => {
  const done: string[] = []
  await put(change('01', 'hold'), change('01', 'resume'), change('02', 'revoke'), {
    kind: 'certificate.abandon',
    authorityId: 'ca',
    idempotencyKey: 'k',
    reason: 'superseded',
  })
  const { own, changes } = start(what => done.push(what))
  await own.drain()
  await own.drain()
  expect(done.filter(what => what.endsWith('01'))).toEqual(['hold 01', 'resume 01'])
  expect([...done].sort()).toEqual(['abandon k', 'hold 01', 'resume 01', 'revoke 02'])
  expect(changes).toHaveLength(1)
})

test('R-3: a CA that cannot be reached is asked again, later and later, until it is done', async () => {
  const tries: number[] = []
  const began = now
  await put(change('03', 'hold'))
  const { own } = start(() => {
    tries.push(now - began)
    if (tries.length < 4) throw new CertificateAuthorityError('CA_UNREACHABLE', 'down')
  })
  for (let second = 0; second < 60; second++) {
    await own.drain()
    now += 1000
  }
  expect(tries).toEqual([0, 2000, 6000, 14_000])
})

test('one certificate that cannot be changed does not hold up the others', async () => {
  const done: string[] = []
  await put(change('04', 'hold'), change('05', 'hold'))
  const { own } = start(what => {
    if (what.endsWith('04')) throw new CertificateAuthorityError('CA_REFUSED', 'no')
    done.push(what)
  })
  await own.drain()
  expect(done).toEqual(['hold 05'])
})

test('a worker that was too slow does not carry out an old hold after another did hold and resume', async () => {
  const done: string[] = []
  await put(change('06', 'hold'), change('07', 'hold'), change('07', 'resume'))
  const other = async () => {
    now += 61_000
    for (const serial of ['06', '07', '07']) {
      const claimed = await claimOutbox(outbox.db, { now, leaseMs: 60_000, limit: 10 })
      const entry = claimed.find(e => 'serialNumber' in e.message && e.message.serialNumber === serial)
      if (entry) await finishOutbox(outbox.db, entry, now)
      for (const rest of claimed) if (rest !== entry) await postponeOutbox(outbox.db, rest, now, 'CA_UNREACHABLE')
    }
  }
  const { own } = start(async what => {
    done.push(what)
    if (what.endsWith('06')) await other()
  })
  await own.drain()
  expect(done).toEqual(['hold 06'])
})
