import { createLocalGateway } from '@cardwright/adapters/card-gateway'
import type { Readers } from '@cardwright/card'
import { createPcscReaders } from '@cardwright/card-pcsc'
import type { VirtualCard } from '@cardwright/card-virtual'
import { attachCard } from '../../tests/interop/pcscd.ts'
import { createWorld, READER, type World } from '../../tests/world/world.ts'
import { median, type Report, seconds } from '../harness.ts'
import { timedIssuance } from './issuance.ts'
import { type Exchange, recording, repeatableCard, replay } from './recording.ts'

/** A reader with the card in it, ours until `work` is done. */
type Place = <T>(world: World, card: VirtualCard, work: (readers: Readers, id: string) => Promise<T>) => Promise<T>

const inProcess: Place = async (world, card, work) => {
  await world.insert(card)
  return work(world.readers, READER)
}

const throughPcscd: Place = async (_world, card, work) => {
  const attached = await attachCard(card)
  const readers = createPcscReaders()
  try {
    return await work(readers, attached.reader)
  } finally {
    await readers.close()
    await attached.detach()
  }
}

/** The whole issuance against the bare APDUs of it, on cards that answer both alike. */
export async function measureAgainstReplay(
  report: Report,
  reader: 'pcscd' | 'in-process',
  repeats: number,
): Promise<void> {
  const place = reader === 'pcscd' ? throughPcscd : inProcess
  const whole: number[] = []
  const bare: number[] = []
  let apdus = 0
  // The first pair warms up.
  for (let i = 0; i <= repeats; i++) {
    const one = await pair(place)
    if (i === 0) continue
    whole.push(one.whole)
    bare.push(one.bare)
    apdus = one.apdus
  }
  const suffix = reader === 'pcscd' ? '' : '_in_process'
  const where = reader === 'pcscd' ? 'YubiKey 5.7 model in vpcd, over PC/SC' : 'YubiKey 5.7 model in this process'
  const how = `${where}, median of ${repeats}, interleaved`
  report({ name: `issue.whole${suffix}_s`, value: median(whole), unit: 's', note: `click to stored end; ${how}` })
  report({ name: `issue.replay${suffix}_s`, value: median(bare), unit: 's', note: `the same ${apdus} APDUs; ${how}` })
  const note = `whole issuance with CA and store in memory ÷ bare replay of its APDUs; ${how}`
  report({ name: `issue.vs_replay${suffix}`, value: median(whole) / median(bare), unit: '×', note })
}

async function pair(place: Place): Promise<{ whole: number; bare: number; apdus: number }> {
  const world = await createWorld()
  const serial = 20_600_001
  const issued = await place(world, repeatableCard('yubikey-5.7', serial), async (plain, id) => {
    const { readers, exchanges } = recording(plain)
    const gateway = createLocalGateway(readers)
    try {
      const timed = await timedIssuance(world, world.portsWith({ gateway }), readers, id)
      return { seconds: timed.seconds, exchanges: [...exchanges] satisfies Exchange[] }
    } finally {
      gateway.close()
    }
  })
  world.readers.remove(READER)
  const bare = await place(world, repeatableCard('yubikey-5.7', serial), async (readers, id) => {
    await readers.list()
    return seconds(() => replay(() => readers.connect(id), issued.exchanges))
  })
  return { whole: issued.seconds, bare, apdus: issued.exchanges.length }
}
