import { describe, expect, test } from 'vitest'
import { createPrintService } from '../../apps/server/src/printing/print-service.ts'
import { printJobView } from '../../apps/server/src/printing/print-view.ts'
import { openPrintRoom, type PrintRoom } from './print.ts'
import { operator } from './world.ts'

const serverIn = ({ ports }: PrintRoom, owner: string) => createPrintService({ ...ports, owner })
const requestIn = ({ device, layout, printer }: PrintRoom) => ({
  ...{ deviceId: device.id, layoutId: layout.id, by: operator },
  on: { id: 'server:1', name: 'Front desk', printer },
})
type Service = ReturnType<typeof createPrintService>
const ended = (service: Service, id: string) =>
  new Promise<string>(resolve => {
    service.events.watch(id, job => job.endedAt !== null && resolve(job.state))
  })

describe('two servers on one database', () => {
  test('P-5: who cancels at another server than the one that prints is heard at its next look', async () => {
    const room = await openPrintRoom()
    const [one, other] = [serverIn(room, 'server-1'), serverIn(room, 'server-2')]
    const job = await one.start(requestIn(room))
    const end = ended(one, job.id)
    await room.printer.arrived()
    expect((await other.cancel(job.id, operator)).state).toBe('PRINTING')
    await one.look()
    expect(await end).toBe('CANCELLED')
    expect(await other.get(job.id)).toMatchObject({ state: 'CANCELLED', cancelledBy: operator, going: null })
  })

  test('P-7: a long print is not taken for a dead one as long as its server lives; afterwards it is said to be unknown', async () => {
    const room = await openPrintRoom()
    const [one, other] = [serverIn(room, 'server-1'), serverIn(room, 'server-2')]
    const job = await one.start(requestIn(room))
    await room.printer.arrived()
    for (let minute = 0; minute < 5; minute++) {
      room.world.now += 50_000
      await one.look()
      await other.look()
    }
    expect((await other.get(job.id)).state).toBe('PRINTING')
    room.world.now += 70_000
    await other.look()
    expect(await other.get(job.id)).toMatchObject({ state: 'FAILED', fault: { code: 'UNKNOWN_OUTCOME' } })
    const lateWord = ended(one, job.id)
    room.printer.end({ kind: 'PRINTED' })
    expect(await lateWord).toBe('FAILED')
    expect(room.printer.orders).toHaveLength(1)
  })

  test('P-7: what the printer waits for is told at every server, as long as it waits', async () => {
    const room = await openPrintRoom()
    const [one, other] = [serverIn(room, 'server-1'), serverIn(room, 'server-2')]
    const job = await one.start(requestIn(room))
    const end = ended(one, job.id)
    await room.printer.arrived()
    const told = async () => printJobView(await other.get(job.id)).fault?.text ?? null
    const fault = { code: 'NO_CARD', severity: 'ERROR', keyword: 'media-empty' } as const
    room.printer.tell({ progress: 0.2, waitsFor: fault })
    await expect.poll(told).toBe('Cards or paper have run out.')
    room.printer.tell({ progress: 0.2, waitsFor: null })
    await expect.poll(told).toBeNull()
    room.printer.tell({ progress: 0.4, waitsFor: fault })
    room.printer.end({ kind: 'PRINTED' })
    expect(await end).toBe('PRINTED')
    expect(await other.get(job.id)).toMatchObject({ state: 'PRINTED', fault: null })
    expect(room.world.causes).toEqual([])
  })

  test('P-7: a server that ends takes back what it prints, and starts nothing any more', async () => {
    const room = await openPrintRoom()
    const one = serverIn(room, 'server-1')
    const job = await one.start(requestIn(room))
    await room.printer.arrived()
    await one.drain()
    expect((await one.get(job.id)).state).toBe('CANCELLED')
    await expect(one.start(requestIn(room))).rejects.toMatchObject({ refusal: { code: 'SERVER_INTERRUPTED' } })
    expect(room.printer.orders).toHaveLength(1)
  })
})
