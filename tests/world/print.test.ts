import { randomUUID } from 'node:crypto'
import { sample } from '@cardwright/adapters/testing'
import {
  assignDevice,
  cancelPrint,
  changeDevice,
  drawCard,
  type Outcome,
  recycleDevice,
  startIssuance,
} from '@cardwright/core'
import { describe, expect, test } from 'vitest'
import { request } from './issue.ts'
import { openPrintRoom, type PrintRoom } from './print.ts'
import { operator, READER } from './world.ts'

const code = async (started: Promise<unknown>): Promise<string> =>
  started.then(
    () => 'started',
    (error: Error) => error.message.split(' ')[0] ?? '',
  )
const must = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.code)
  return outcome.value
}
const fault = (keyword: string) => ({ code: 'RIBBON_EMPTY', severity: 'ERROR', keyword }) as const

/** All that printing must leave alone (P-5, P-7). */
const notPrinted = ({ world }: PrintRoom) => {
  const { devices, credentials, issuances, outbox } = world.store.committed()
  return JSON.stringify([[...devices], [...credentials], [...issuances], outbox], (_, v) =>
    v instanceof Uint8Array ? [...v] : v,
  )
}

describe('a card is printed', () => {
  test('P-4: drawn as previewed, sent once, followed to its end, and recorded without what stands on it', async () => {
    const room = await openPrintRoom()
    const before = notPrinted(room)
    const { job, finished } = await room.print()
    expect(job).toMatchObject({ state: 'QUEUED', print: 1, layout: { id: room.layout.id, version: 1, name: 'Badge' } })
    const order = await room.printer.arrived()
    const shown = must(
      await drawCard(room.ports, { userId: room.world.user.id, deviceId: room.device.id, layoutId: room.layout.id }),
    )
    expect(order).toMatchObject({ media: 'CR80', twoSided: false, pictures: [shown.pictures.front] })
    expect(order.jobName).not.toContain('Anna')
    expect(room.stored(job)?.state).toBe('PRINTING')
    room.printer.tell({ progress: 0.5, waitsFor: null })
    room.printer.end({ kind: 'PRINTED' })
    expect(await finished).toMatchObject({ state: 'PRINTED', fault: null, lease: null })
    expect(room.told.map(({ job: { state }, progress }) => [state, progress])).toEqual([
      ['QUEUED', null],
      ['PRINTING', 0],
      ['PRINTING', 0.5],
      ['PRINTED', null],
    ])
    expect(room.actions()).toEqual(['print.started', 'print.done'])
    expect(JSON.stringify(room.world.store.auditTrail().filter(r => r.action.startsWith('print.')))).not.toMatch(
      /Anna|Beispiel|example\.org/,
    )
    expect(room.printer.orders).toHaveLength(1)
    expect(notPrinted(room)).toBe(before)
    expect(room.world.causes).toEqual([])
  })

  test('P-5, P-6: it is Pending after printing with its certificates on hold; activation, which is no print, makes it Active', async () => {
    const room = await openPrintRoom()
    const { finished } = await room.print()
    await room.printer.arrived()
    room.printer.end({ kind: 'PRINTED' })
    await finished
    const states = () => new Set([...room.world.store.committed().credentials.values()].map(c => c.state))
    const device = room.world.store.committed().devices.get(room.device.id)
    expect([device?.state, device?.reason, states()]).toEqual(['PRODUCED', 'ASSIGNED', new Set(['ON_HOLD'])])
    const { id: deviceId, version } = room.device
    must(await changeDevice(room.world.ports, { deviceId, version, change: { change: 'activate' }, by: operator }))
    expect([room.world.store.committed().devices.get(deviceId)?.state, states()]).toEqual([
      'ISSUED',
      new Set(['ISSUED']),
    ])
  })

  test('only the newest picture is kept, and recycling leaves none', async () => {
    const room = await openPrintRoom()
    const pictures = () => [...room.world.store.committed().printPictures.keys()]
    const printed = async () => {
      const { job, finished } = await room.print()
      await room.printer.arrived()
      room.printer.end({ kind: 'PRINTED' })
      await finished
      return job.id
    }
    await printed()
    const second = await printed()
    expect(pictures()).toEqual([second])
    const third = await room.print()
    await room.printer.arrived()
    room.printer.end({ kind: 'FAILED', fault: fault('marker-supply-empty'), paperMayHaveMoved: true })
    await third.finished
    expect(pictures()).toEqual([second])
    const change = { change: 'terminate', reason: 'DAMAGED', note: '' } as const
    const { id: deviceId, version } = room.device
    must(await changeDevice(room.world.ports, { deviceId, version, change, by: operator }))
    const place = { readerId: READER, insertion: await room.world.insertion() }
    expect(await must(await recycleDevice(room.world.ports, place, operator)).finished).toMatchObject({
      state: 'COMPLETED',
    })
    expect(pictures()).toEqual([])
  })
})

describe('a print that does not come out', () => {
  test('P-7: a fault fails the print alone; the card is Pending as before and printed again', async () => {
    const room = await openPrintRoom()
    const before = notPrinted(room)
    const { finished } = await room.print()
    await room.printer.arrived()
    room.printer.tell({ progress: 0.2, waitsFor: fault('marker-supply-empty') })
    expect(room.told.at(-1)?.job).toMatchObject({ state: 'PRINTING', fault: null })
    room.printer.end({ kind: 'FAILED', fault: fault('marker-supply-empty'), paperMayHaveMoved: false })
    expect(await finished).toMatchObject({ state: 'FAILED', fault: { code: 'RIBBON_EMPTY', mayHaveMoved: false } })
    expect(notPrinted(room)).toBe(before)
    const again = await room.print()
    expect(again.job.print).toBe(2)
    await room.printer.arrived()
    room.printer.end({ kind: 'PRINTED' })
    expect((await again.finished).state).toBe('PRINTED')
    expect(room.actions()).toEqual(['print.started', 'print.failed', 'print.started', 'print.done'])
  })

  test('P-7: a printer that breaks in a way nobody foresaw leaves it open whether it printed', async () => {
    const room = await openPrintRoom()
    const { finished } = await room.print()
    await room.printer.arrived()
    room.printer.end(new Error('the driver crashed'))
    expect(await finished).toMatchObject({ state: 'FAILED', fault: { code: 'UNKNOWN_OUTCOME', mayHaveMoved: true } })
    expect(room.world.causes.map(String)).toEqual(['Error: the driver crashed'])
  })

  test('P-5: cancelled, it is taken back from the printer, and who did it is recorded', async () => {
    const room = await openPrintRoom()
    const stop = new AbortController()
    const { job, finished } = await room.print({ cancelled: stop.signal })
    await room.printer.arrived()
    must(await cancelPrint(room.world.store, job.id, { kind: 'operator', id: 'op-2', label: 'Otto' }))
    expect(room.stored(job)?.state).toBe('PRINTING')
    stop.abort()
    expect((await finished).state).toBe('CANCELLED')
    expect(room.world.store.auditTrail().at(-1)).toMatchObject({ action: 'print.cancelled', actor: { label: 'Otto' } })
    expect(await cancelPrint(room.world.store, job.id, operator)).toMatchObject({ ok: false, code: 'PRINT_ENDED' })
  })

  test('P-5: cancelled, but it had come out already: it is printed', async () => {
    const room = await openPrintRoom()
    const { job, finished } = await room.print()
    await room.printer.arrived()
    must(await cancelPrint(room.world.store, job.id, operator))
    room.printer.end({ kind: 'PRINTED' })
    expect((await finished).state).toBe('PRINTED')
  })
})

describe('what is not printed', () => {
  test('a card that is printed just now, also by another server: one wins', async () => {
    const room = await openPrintRoom()
    const other = { ...room.ports, owner: 'server-2' }
    const tries = await Promise.allSettled([room.print(), room.print({}, other)])
    const [won, ...more] = tries.flatMap(tried => (tried.status === 'fulfilled' ? tried.value : []))
    expect(more).toEqual([])
    await room.printer.arrived()
    expect(await code(room.print())).toBe('IN_PROGRESS_ELSEWHERE')
    room.printer.end({ kind: 'PRINTED' })
    await won?.finished
    expect(room.printer.orders).toHaveLength(1)
  })

  test('P-3: nothing goes to a printer that has a fault, to a layout of other groups, with a blocking problem, or with a back where it prints one side', async () => {
    const room = await openPrintRoom()
    room.printer.says = { state: 'FAULT', faults: [fault('marker-supply-empty')], twoSided: false }
    expect(await code(room.print())).toBe('PRINTER_NOT_READY')
    room.printer.says = { state: 'BUSY', faults: [], twoSided: false }
    expect(await code(room.print({ layoutId: room.ports.newId() }))).toBe('LAYOUT_NOT_ASSIGNED')
    room.world.store.addLayout({
      ...room.layout,
      version: 2,
      content: { ...room.layout.content, description: 'broken' },
    })
    expect(await code(room.print())).toBe('LAYOUT_NOT_PRINTABLE')
    const { front } = room.layout.content
    room.world.store.addLayout({ ...room.layout, version: 3, content: { ...room.layout.content, back: front } })
    expect(await code(room.print())).toBe('PRINTER_ONE_SIDED')
    room.world.store.addLayout({ ...room.layout, version: 4, retired: true })
    expect(await code(room.print())).toBe('LAYOUT_NOT_ASSIGNED')
    expect([room.printer.orders, room.actions(), room.world.store.committed().printJobs.size]).toEqual([[], [], 0])
  })

  test.each([
    ['PERMANENT', 'PERMANENT_REPLACEMENT'],
    ['TEMPORARY', 'TEMPORARY_REPLACEMENT'],
  ] as const)('P-3: a card of a %s replacement gets a layout for %s and for nothing else', async (kind, type) => {
    const room = await openPrintRoom()
    const { store } = room.world
    const other = sample.aLayout()
    store.addLayout(other)
    const [group] = store.committed().groups.values()
    if (!group) throw new Error('the world has no group')
    store.addGroup({ ...group, layouts: { INITIAL: [room.layout.id], [type]: [other.id] } })
    expect(await code(room.print({ layoutId: other.id }))).toBe('LAYOUT_NOT_ASSIGNED')
    const asked = sample.aRequest(room.world.user.id, room.device.id)
    const replacement = asked.replacement && { ...asked.replacement, kind }
    await store.transaction(async tx => {
      await tx.requests.save({ ...asked, replacement })
      await tx.devices.save({ ...room.device, requestId: asked.id, temporary: kind === 'TEMPORARY' })
    })
    expect(await code(room.print())).toBe('LAYOUT_NOT_ASSIGNED')
    const { job } = await room.print({ layoutId: other.id })
    expect(job.layout.id).toBe(other.id)
  })

  test('P-7: while a card is printed, it becomes nobody else’s: not by recycling, assigning or issuing it, not even terminated', async () => {
    const room = await openPrintRoom()
    const { world } = room
    const before = notPrinted(room)
    const { finished } = await room.print()
    await room.printer.arrived()
    const tries = async () => {
      const here = { readerId: READER, insertion: await world.insertion() }
      const other = sample.aUser({ ...world.user, id: randomUUID(), displayName: 'Otto Other', loginName: 'otto' })
      world.store.addUser(other)
      const outcomes = [
        await recycleDevice(world.ports, here, operator),
        await assignDevice(world.ports, { ...here, userId: other.id, by: operator }),
        await startIssuance(world.ports, await request(world, { userId: other.id })),
      ]
      return outcomes.map(outcome => (outcome.ok ? 'done' : outcome.code))
    }
    expect(await tries()).toEqual(['IN_PROGRESS_ELSEWHERE', 'CARD_ISSUED_TO_OTHER', 'CARD_ISSUED_TO_OTHER'])
    expect(notPrinted(room)).toBe(before)
    const { id: deviceId, version } = room.device
    const change = { change: 'terminate', reason: 'DAMAGED', note: '' } as const
    must(await changeDevice(world.ports, { deviceId, version, change, by: operator }))
    const terminated = notPrinted(room)
    expect(await tries()).toEqual(['IN_PROGRESS_ELSEWHERE', 'CARD_NEEDS_RECYCLING', 'CARD_NEEDS_RECYCLING'])
    expect(notPrinted(room)).toBe(terminated)
    room.printer.end({ kind: 'PRINTED' })
    expect((await finished).state).toBe('PRINTED')
    const here = { readerId: READER, insertion: await world.insertion() }
    expect(await must(await recycleDevice(world.ports, here, operator)).finished).toMatchObject({ state: 'COMPLETED' })
  })

  test.each([
    ['suspend', 'WRONG_STATE'],
    ['terminate', 'WRONG_STATE'],
  ] as const)('an Active card is printed; after %s it is not', async (change, refused) => {
    const room = await openPrintRoom('ISSUE')
    const { finished } = await room.print()
    await room.printer.arrived()
    room.printer.end({ kind: 'PRINTED' })
    expect((await finished).state).toBe('PRINTED')
    const { id: deviceId, version } = room.device
    const how = change === 'terminate' ? ({ change, reason: 'DAMAGED', note: '' } as const) : { change, note: '' }
    must(await changeDevice(room.world.ports, { deviceId, version, change: how, by: operator }))
    expect(await code(room.print())).toBe(refused)
  })

  test('the card of a disabled user', async () => {
    const room = await openPrintRoom()
    room.world.store.addUser({ ...room.world.user, status: 'DISABLED' })
    expect(await code(room.print())).toBe('USER_DISABLED')
  })
})
