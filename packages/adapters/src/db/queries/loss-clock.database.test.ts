import { lossReport } from '@cardwright/contract'
import type { OutboxMessage, ReplacementReason, Store } from '@cardwright/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addGroupRow, addUserRow } from '../../testing/store/postgres-harness.ts'
import { aCredential, aDevice, aFact, aGroup, anIssuance, aRequest, aTime, aUser } from '../../testing/store/samples.ts'
import { createTestDatabase, testMacs } from '../../testing/store/test-postgres.ts'
import { claimOutbox, finishOutbox, postponeOutbox } from '../outbox.ts'
import { createPostgresStore } from '../postgres-store.ts'
import type { Db } from '../schema/index.ts'
import { createDatabase } from '../unit-of-work.ts'
import { authorityBacklog, lossClock } from './loss-clock.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const now = aTime + 2 * HOUR
const group = aGroup()
const user = aUser({ displayName: 'Ada Lovelace', groupIds: [group.id] })
let db: Db
let store: Store

beforeEach(async () => {
  db = await createTestDatabase()
  store = createPostgresStore(createDatabase(db, testMacs))
  await addGroupRow(db, group)
  await addUserRow(db, user)
})
afterEach(() => db.destroy())

type Slot = Partial<Parameters<typeof aCredential>[2]>
const valid: Slot = {}
const onHold: Slot = { state: 'ON_HOLD', revocationReason: 'certificateHold' }
const revoked: Slot = { state: 'REVOKED', revocationReason: 'keyCompromise' }

/** A device of the user with one credential a slot. */
const withCredentials = (change: Parameters<typeof aDevice>[0], slots: readonly Slot[]) =>
  store.transaction(async tx => {
    const device = aDevice({ userId: user.id, issuedAt: aTime - DAY, ...change })
    await tx.devices.save(device)
    const issuance = anIssuance(device.id, { state: 'COMPLETED', lease: null })
    await tx.issuances.save(issuance)
    const serials: string[] = []
    for (const slot of slots) {
      const credential = aCredential(device.id, issuance.id, slot)
      await tx.credentials.save(credential)
      serials.push(credential.serialNumber)
    }
    return { device, serials }
  })

const lostWith = (reason: ReplacementReason, behind: readonly string[] = []) => ({
  reason,
  kind: reason === 'FORGOTTEN' ? ('TEMPORARY' as const) : ('PERMANENT' as const),
  workflow: 'HELP_DESK_LOCAL' as const,
  undo: { state: 'ISSUED', reason: 'NONE', suspended: false, held: [], behind } as const,
})
const report = (deviceId: string, change: Parameters<typeof aRequest>[2] = {}) =>
  store.transaction(async tx => {
    const request = await tx.requests.save(aRequest(user.id, deviceId, { replacement: lostWith('LOST'), ...change }))
    if (!request) throw new Error('The request was not stored')
    return request
  })
const invalid = { state: 'INVALID', reason: 'LOST' } as const
const terminated = { state: 'TERMINATED', reason: 'LOST' } as const

const tell = (serialNumber: string, change: 'hold' | 'revoke') =>
  store.transaction(tx =>
    tx.outbox({
      kind: 'certificate.change-status',
      authorityId: 'local',
      serialNumber,
      change,
      reason: 'keyCompromise',
    }),
  )
const claim = () => claimOutbox(db, { now, leaseMs: 1, limit: 10 })
const carryOut = async () => {
  for (const entry of await claim()) await finishOutbox(db, entry, now)
}
const figures = async () =>
  (await lossClock(db, 'ALL', now)).map(({ deviceId, notRevoked, onHold }) => ({ deviceId, notRevoked, onHold }))

describe('R-19: what is not yet revoked after a loss report', () => {
  test('an open report: since when, until when (FIPS 201-3 §2.9.1), how many certificates and whose', async () => {
    const { device } = await withCredentials({ ...invalid, serial: '4711' }, [onHold, valid, revoked])
    const request = await report(device.id)
    const rows = await lossClock(db, 'ALL', now)
    expect(rows.map(row => lossReport.parse(row))).toEqual([
      {
        requestId: request.id,
        userId: user.id,
        userName: 'Ada Lovelace',
        deviceId: device.id,
        serial: '4711',
        reason: 'LOST',
        reportedAt: new Date(aTime).toISOString(),
        dueAt: new Date(aTime + 18 * HOUR).toISOString(),
        notRevoked: 2,
        onHold: 1,
      },
    ])
  })

  test('revoked here and not at the CA is not revoked; on hold there is told by what was carried out', async () => {
    const { device, serials } = await withCredentials(terminated, [revoked])
    await report(device.id, { state: 'COMPLETED', endedAt: aTime + HOUR })
    const [serial = ''] = serials
    expect(await figures()).toEqual([])
    await tell(serial, 'hold')
    await tell(serial, 'revoke')
    expect(await figures()).toEqual([{ deviceId: device.id, notRevoked: 1, onHold: 0 }])
    await carryOut()
    expect(await figures()).toEqual([{ deviceId: device.id, notRevoked: 1, onHold: 1 }])
    await carryOut()
    expect(await figures()).toEqual([])
  })

  test('a hold that waits for the CA has not happened', async () => {
    const { device, serials } = await withCredentials(invalid, [onHold])
    await report(device.id)
    await tell(serials[0] ?? '', 'hold')
    expect(await figures()).toMatchObject([{ notRevoked: 1, onHold: 0 }])
    await carryOut()
    expect(await figures()).toMatchObject([{ notRevoked: 1, onHold: 1 }])
  })

  test('R-7: with the device that the lost one stood in for', async () => {
    const original = await withCredentials({ state: 'INVALID', reason: 'FORGOTTEN' }, [onHold])
    const forgotten = await report(original.device.id, {
      replacement: lostWith('FORGOTTEN'),
      state: 'COMPLETED',
      endedAt: aTime,
    })
    const temporary = await withCredentials({ ...invalid, temporary: true }, [onHold, onHold])
    await report(temporary.device.id, { replacement: lostWith('STOLEN', [forgotten.id]) })
    expect(await figures()).toEqual([{ deviceId: temporary.device.id, notRevoked: 3, onHold: 3 }])
  })

  test('a device terminated as stolen counts without any request, from the moment that the audit tells', async () => {
    const { device } = await withCredentials({ state: 'TERMINATED', reason: 'STOLEN', userId: null }, [valid])
    await store.transaction(tx =>
      tx.audit(aFact({ action: 'device.terminated', deviceId: device.id, at: aTime + HOUR })),
    )
    expect(await lossClock(db, 'ALL', now)).toMatchObject([
      {
        requestId: null,
        userId: null,
        userName: null,
        reason: 'STOLEN',
        reportedAt: new Date(aTime + HOUR).toISOString(),
      },
    ])
  })

  test('a report executed long ago still counts where the CA has not done its part', async () => {
    const { device, serials } = await withCredentials(terminated, [revoked])
    const request = await report(device.id, { state: 'COMPLETED', endedAt: now - 40 * DAY })
    expect(await figures()).toEqual([])
    await tell(serials[0] ?? '', 'revoke')
    expect(await lossClock(db, 'ALL', now)).toMatchObject([{ requestId: request.id, notRevoked: 1 }])
  })

  test('a report of an earlier life of the device is not the one that it ended by', async () => {
    const { device } = await withCredentials({ ...terminated, issuedAt: aTime + HOUR }, [valid])
    await report(device.id, { state: 'COMPLETED', endedAt: now - 40 * DAY })
    expect(await lossClock(db, 'ALL', now)).toMatchObject([{ requestId: null }])
  })

  test.each([
    ['taken back', { state: 'CANCELLED', endedAt: aTime } as const, 'ISSUED', valid],
    ['denied', { state: 'DENIED', endedAt: aTime } as const, 'ISSUED', valid],
    ['of something damaged', { replacement: lostWith('DAMAGED') }, 'INVALID', onHold],
    ['of expired certificates', {}, 'INVALID', { notBefore: aTime - DAY, notAfter: aTime }],
    ['with everything revoked', {}, 'INVALID', revoked],
  ] as const)('a report %s is not there', async (_, change, state, slot) => {
    const { device } = await withCredentials(state === 'ISSUED' ? { state } : invalid, [slot])
    await report(device.id, change)
    expect(await lossClock(db, 'ALL', now)).toEqual([])
  })

  test('the oldest first; with a scope of groups only those of its users', async () => {
    const late = await withCredentials(invalid, [valid])
    const early = await withCredentials(invalid, [valid])
    await report(late.device.id, { requestedAt: aTime + HOUR })
    await report(early.device.id)
    expect((await figures()).map(r => r.deviceId)).toEqual([early.device.id, late.device.id])
    expect(await lossClock(db, { groupIds: [group.id] }, now)).toHaveLength(2)
    expect(await lossClock(db, { groupIds: [aGroup().id] }, now)).toEqual([])
  })
})

describe('R-3: wishes that a certificate authority could not take', () => {
  const postponeAll = async (error: string) => {
    for (const entry of await claim()) await postponeOutbox(db, entry, now, error)
  }

  test('none until one was tried in vain; then how many, since when and why; none again when all is done', async () => {
    await tell('AA', 'hold')
    expect(await authorityBacklog(db)).toBeNull()
    await postponeAll('CA_UNREACHABLE')
    await tell('BB', 'hold')
    const { oldest } = await db
      .selectFrom('outbox')
      .select(e => e.fn.min('created_at').as('oldest'))
      .executeTakeFirstOrThrow()
    const since = new Date(oldest).toISOString()
    expect(await authorityBacklog(db)).toEqual({ waiting: 1, since, lastError: 'CA_UNREACHABLE' })
    await postponeAll('CA_TIMEOUT')
    expect(await authorityBacklog(db)).toEqual({ waiting: 2, since, lastError: 'CA_TIMEOUT' })
    await carryOut()
    expect(await authorityBacklog(db)).toBeNull()
  })

  test('what a directory could not take is no business of the CA', async () => {
    const message: OutboxMessage = { kind: 'directory.publish', userId: user.id, credentialId: 'c-1' }
    await store.transaction(tx => tx.outbox(message))
    await postponeAll('DIRECTORY_UNREACHABLE')
    expect(await authorityBacklog(db)).toBeNull()
  })
})
