import { createLocalGateway } from '@cardwright/adapters/card-gateway'
import { createPcscReaders } from '@cardwright/card-pcsc'
import type { ModelName, VirtualCard } from '@cardwright/card-virtual'
import {
  type Credential,
  carryOut,
  changeDevice,
  type Device,
  type DeviceChange,
  getInitialPin,
  type IssuancePorts,
  isCertificateMessage,
  type PolicyContent,
  recycleDevice,
  startIssuance,
  type User,
} from '@cardwright/core'
import { toPem } from '@cardwright/pki'
import { pivPolicy } from '../world/policies.ts'
import { blankCard, createWorld, operator, type World } from '../world/world.ts'
import { type AttachedCard, attachCard } from './pcscd.ts'
import { type TestFiles, testFiles } from './test-files.ts'

/** A card that our flows issue over pcscd and vpcd: nothing between the two knows that both ends are ours. */
export type Desk = {
  readonly world: World
  readonly card: VirtualCard
  readonly attached: AttachedCard
  readonly files: TestFiles
  /** Issues the card; answers its initial PIN and writes `<slot>.pem`, `issuing.pem`, `root.pem`. */
  issue(): Promise<string>
  recycle(): Promise<void>
  /** Another flow on the card in its reader. */
  atReader<T>(work: (ports: IssuancePorts, insertion: string) => Promise<T>): Promise<T>
  device(): Device
  credential(slot: string): Credential
  change(change: DeviceChange): Promise<void>
  close(): Promise<void>
}

export type Algorithm = PolicyContent['slots'][number]['algorithms'][number]

/** The usual four slots with one kind of key; 9D may have another. */
export const policyWith = (algorithm: Algorithm, keyManagement = algorithm): Partial<PolicyContent> => ({
  slots: pivPolicy.slots.map(slot => ({ ...slot, algorithms: [slot.slot === '9D' ? keyManagement : algorithm] })),
})

export async function openDesk(options: {
  readonly model: ModelName
  readonly serial: number
  readonly policy?: Partial<PolicyContent>
  readonly user?: Partial<User>
}): Promise<Desk> {
  const { model, serial, ...organisation } = options
  const world = await createWorld(organisation)
  const files = await testFiles()
  const card = blankCard(model, serial)
  const attached = await attachCard(card)

  /** The readers are opened and let go for each piece of work, as the foreign programs do. */
  async function withReaders<T>(work: (ports: IssuancePorts, insertion: string) => Promise<T>): Promise<T> {
    const readers = createPcscReaders()
    const gateway = createLocalGateway(readers)
    try {
      const insertion = (await readers.list()).find(reader => reader.id === attached.reader)?.card?.insertion
      if (!insertion) throw new Error(`there is no card in ${attached.reader}`)
      return await work(world.portsWith({ gateway }), insertion)
    } finally {
      gateway.close()
      await readers.close()
    }
  }

  let carriedOut = 0
  /** What the outbox got since the last time, as the server's worker does. */
  async function settle(): Promise<void> {
    const messages = world.store.outboxMessages().filter(isCertificateMessage)
    for (const message of messages.slice(carriedOut)) await carryOut(world.authority, message)
    carriedOut = messages.length
  }

  const device = (): Device => {
    const [only] = [...world.store.committed().devices.values()]
    if (!only) throw new Error('no device is known yet')
    return only
  }

  const desk: Desk = {
    world,
    card,
    attached,
    files,
    device,
    atReader: withReaders,
    credential(slot) {
      const found = [...world.store.committed().credentials.values()].findLast(
        ({ slot: its, state }) => its === slot && state !== 'REVOKED',
      )
      if (!found) throw new Error(`no credential in ${slot}`)
      return found
    },
    async issue() {
      const request = { kind: 'ISSUE', type: 'INITIAL', userId: world.user.id, policyId: world.policy.id } as const
      const done = await withReaders(async (ports, insertion) => {
        const place = { readerId: attached.reader, insertion }
        const started = await startIssuance(ports, { ...request, ...place, startedBy: operator })
        if (!started.ok) throw new Error(`${started.code} ${JSON.stringify(started.params)}`)
        return started.value.finished
      })
      if (done.state !== 'COMPLETED') throw new Error(`${JSON.stringify(done.error)} ${world.causes.map(String)}`)
      const pin = await getInitialPin(world.ports, done.deviceId, operator)
      if (!pin.ok || pin.value === null) throw new Error('the initial PIN cannot be had')
      for (const { slot } of world.policy.content.slots)
        await files.write(`${slot}.pem`, toPem('CERTIFICATE', desk.credential(slot).certificate))
      await files.write('issuing.pem', toPem('CERTIFICATE', world.authority.issuingCertificate))
      await files.write('root.pem', toPem('CERTIFICATE', world.authority.rootCertificate))
      return pin.value
    },
    async recycle() {
      const done = await withReaders(async (ports, insertion) => {
        const started = await recycleDevice(ports, { readerId: attached.reader, insertion }, operator)
        if (!started.ok) throw new Error(`${started.code} ${JSON.stringify(started.params)}`)
        return started.value.finished
      })
      if (done.state !== 'COMPLETED') throw new Error(`${JSON.stringify(done.error)} ${world.causes.map(String)}`)
      await settle()
    },
    async change(change) {
      const { id, version } = device()
      const changed = await changeDevice(world.ports, { deviceId: id, version, change, by: operator })
      if (!changed.ok) throw new Error(changed.code)
      await settle()
    },
    async close() {
      await attached.detach()
      await files.remove()
    },
  }
  return desk
}
