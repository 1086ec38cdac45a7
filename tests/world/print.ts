import { sample } from '@cardwright/adapters/testing'
import { createFakePrinter, type FakePrinter } from '@cardwright/adapters/testing/printer'
import {
  type CardLayout,
  type CardRenderer,
  type Device,
  type PrintingPorts,
  type PrintJob,
  type StartedPrint,
  type StartPrint,
  startPrint,
} from '@cardwright/core'
import { issue } from './issue.ts'
import { blankCard, createWorld, operator, type World } from './world.ts'

export type PrintRoom = {
  readonly world: World
  readonly ports: PrintingPorts
  readonly printer: FakePrinter
  readonly layout: CardLayout
  readonly device: Device
  /** Everything that a watcher would have been told. */
  readonly told: { readonly job: PrintJob; readonly progress: number | null }[]
  print(change?: Partial<StartPrint>, ports?: PrintingPorts): Promise<StartedPrint>
  stored(job: Pick<PrintJob, 'id'>): PrintJob | undefined
  actions(): readonly string[]
}

/** Pictures that tell what they were made from; how a card is really drawn is adapters/card-image's business. */
const plainRenderer: CardRenderer = {
  render: async (content, { values, photo }) => ({
    pictures: {
      front: Buffer.from(JSON.stringify([content.name, values.displayName, values.serial, photo?.length ?? 0])),
      back: content.back === null ? null : Buffer.from('back'),
    },
    problems: content.description === 'broken' ? [sample.aLayoutProblem()] : [],
  }),
  document: async ({ front }) => Buffer.concat([Buffer.from('%PDF-1.7\n'), front]),
}

/** Somebody with a card, Pending unless said otherwise, and a printer with a layout for it. */
export const openPrintRoom = async (kind: 'PRODUCE' | 'ISSUE' = 'PRODUCE'): Promise<PrintRoom> => {
  const world = await createWorld()
  const layout = sample.aLayout()
  const [group] = world.store.committed().groups.values()
  if (!group) throw new Error('the world has no group')
  world.store.addLayout(layout)
  world.store.addGroup({ ...group, layouts: { INITIAL: [layout.id] } })
  world.store.addPhoto(world.user.id, Uint8Array.of(1, 2, 3))
  await world.insert(blankCard('sp800-73'))
  await issue(world, { kind })
  const [device] = world.store.committed().devices.values()
  if (!device) throw new Error(`nothing was issued: ${world.causes.map(String)}`)

  const told: PrintRoom['told'] = []
  const printer = createFakePrinter()
  const ports: PrintingPorts = {
    store: world.store,
    renderer: plainRenderer,
    clock: () => world.now,
    newId: world.ports.newId,
    report: (job, going) => told.push({ job, progress: going?.progress ?? null }),
    unexpected: error => world.causes.push(error),
    owner: 'server-1',
    leaseMs: 60_000,
  }
  return {
    world,
    ports,
    printer,
    layout,
    device,
    told,
    print: async (change = {}, own = ports) => {
      const started = await startPrint(own, {
        deviceId: device.id,
        layoutId: layout.id,
        on: { id: 'server:1', name: 'Front desk', printer },
        by: operator,
        cancelled: new AbortController().signal,
        ...change,
      })
      if (!started.ok) throw new Error(`${started.code} ${JSON.stringify(started.params)} ${world.causes.map(String)}`)
      return started.value
    },
    stored: ({ id }) => world.store.committed().printJobs.get(id),
    actions: () =>
      world.store
        .auditTrail()
        .map(record => record.action)
        .filter(action => action.startsWith('print.')),
  }
}
