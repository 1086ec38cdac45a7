import { createLocalGateway } from '@cardwright/adapters/card-gateway'
import { blankCard, createWorld, READER } from '../../tests/world/world.ts'
import { median, type Report } from '../harness.ts'
import { distance } from './distance.ts'
import { timedIssuance } from './issuance.ts'
import { oneApduAMessage } from './one-apdu-a-message.ts'
import { recording } from './recording.ts'

const REPEATS: Readonly<Record<number, number>> = { 0: 5, 20: 3, 100: 3, 250: 1 }

/** Round trips and APDUs of an issuance, and what a slow network makes of it, in scripts and APDU by APDU. */
export async function measureNetwork(report: Report): Promise<void> {
  await run(0, false)
  const once = await run(0, false)
  const what = 'blank YubiKey 5.7 model, four P-256 keys and certificates, CHUID, CCC, PIN, PUK, administration key'
  report({ name: 'issue.round_trips', value: once.roundTrips, unit: 'messages', note: `counted at the relay; ${what}` })
  report({ name: 'issue.apdus', value: once.apdus, unit: 'APDUs', note: 'counted at the card, reading it included' })
  for (const [delay, repeats] of Object.entries(REPEATS)) {
    const scripted: number[] = []
    const single: number[] = []
    let messages = 0
    for (let i = 0; i < repeats; i++) {
      scripted.push((await run(Number(delay), false)).seconds)
      const apart = await run(Number(delay), true)
      single.push(apart.seconds)
      messages = apart.roundTrips
    }
    const how = `${delay} ms network round trip, in-process card, median of ${repeats}, interleaved`
    report({ name: `issue.scripted_${delay}ms_s`, value: median(scripted), unit: 's', note: how })
    const apart = `${messages} messages of one APDU, same flow and card; ${how}`
    report({ name: `issue.single_${delay}ms_s`, value: median(single), unit: 's', note: apart })
    report({
      name: `issue.single_vs_scripted_${delay}ms`,
      value: median(single) / median(scripted),
      unit: '×',
      note: `one APDU a message ÷ scripts, ${delay} ms network round trip`,
    })
  }
}

async function run(delayMs: number, apart: boolean): Promise<{ seconds: number; roundTrips: number; apdus: number }> {
  const world = await createWorld()
  const { readers, exchanges } = recording(world.readers)
  const gateway = createLocalGateway(readers, { between: distance(delayMs) })
  try {
    await world.insert(blankCard('yubikey-5.7'))
    const ports = world.portsWith({ gateway: apart ? oneApduAMessage(gateway) : gateway })
    const { issuance, seconds } = await timedIssuance(world, ports, readers, READER)
    return { seconds, roundTrips: issuance.roundTrips, apdus: exchanges.length }
  } finally {
    gateway.close()
  }
}
