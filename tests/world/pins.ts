import {
  type CardConnection,
  CardError,
  type CardSession,
  createLocalRunner,
  createSession,
  hexToBytes,
  selectPiv,
  verifyPin,
} from '@cardwright/card'
import type { VirtualCard } from '@cardwright/card-virtual'
import { type Device, getInitialPin, type StoredSecret } from '@cardwright/core'
import { issue } from './issue.ts'
import { operator, READER, type World } from './world.ts'

export const helpDesk = { kind: 'operator', id: 'op-9', label: 'Hilda Helpdesk' } as const

const text = (value: Uint8Array): string => new TextDecoder().decode(value.filter(byte => byte !== 0xff))

/** What is on the card, which no program can read from it. */
export const onCard = (card: VirtualCard) => {
  const { pin, puk } = card.state().piv
  return { pin: text(pin.value), pinLeft: pin.left, puk: text(puk.value), pukLeft: puk.left, pukTries: puk.tries }
}

export const deviceIn = (world: World): Device => {
  const [device] = world.store.committed().devices.values()
  if (!device) throw new Error('there is no device')
  return device
}

/** Stored PINs and PUKs of the device, opened, by kind and stage. */
export const stored = async (world: World): Promise<Partial<Record<string, string>>> => {
  const open = async (s: StoredSecret): Promise<readonly [string, string]> => {
    const context = `${s.kind.toLowerCase()}:${s.deviceId}`
    return [`${s.kind} ${s.stage}`, text(await world.keys.unseal(context, s.sealed))]
  }
  return Object.fromEntries(await Promise.all([...world.store.committed().secrets.values()].map(open)))
}

/** An active device in the reader, with its initial PIN. */
export const issuedCard = async (
  world: World,
  card: VirtualCard,
): Promise<{ deviceId: string; initialPin: string }> => {
  await world.insert(card)
  const { state, deviceId, error } = await issue(world)
  if (state !== 'COMPLETED') throw new Error(`the issuance ended as ${state} ${error?.code}`)
  const pin = await getInitialPin(world.ports, deviceId, operator)
  if (!pin.ok || !pin.value) throw new Error('there is no initial PIN')
  return { deviceId, initialPin: pin.value }
}

export const place = async (world: World) => ({ readerId: READER, insertion: await world.insertion() })

/** The far end of the last flow lets the card go a moment after the flow has ended. */
export const connectWhenFree = async (world: World): Promise<CardConnection> => {
  for (let turn = 0; turn < 10_000; turn++) {
    try {
      return await world.readers.connect(READER)
    } catch (error) {
      if (!(error instanceof CardError && error.code === 'CARD_IN_USE')) throw error
      await new Promise(resolve => setImmediate(resolve))
    }
  }
  throw new Error('the card stays in use though nobody is connected to it')
}

/** Another program at the same reader. PIV is selected. */
export const elsewhere = async (world: World, work: (session: CardSession) => Promise<void>): Promise<void> => {
  const connection = await connectWhenFree(world)
  const session = createSession(createLocalRunner(connection))
  await session.run(selectPiv())
  await work(session)
  await connection.close()
}

/** Another card, or the same one anew, lies in the reader. */
export const exchange = (world: World, card: VirtualCard): Promise<string> => {
  world.readers.remove(READER)
  return world.insert(card)
}

/** The holder has forgotten the PIN and tried until the card said no. */
export const blockPin = (world: World): Promise<void> =>
  elsewhere(world, async session => {
    for (let i = 0; i < 16; i++) await session.tryRun(verifyPin('000001'))
  })

/** The same card with a mind of its own: answers what `answer` says, and does what it is told where that is null. */
export const stubborn = (card: VirtualCard, answer: (apdu: Uint8Array) => string | null): VirtualCard =>
  Object.create(card, {
    transmit: {
      value: async (apdu: Uint8Array) => {
        const hex = answer(apdu)
        return hex === null ? card.transmit(apdu) : hexToBytes(hex)
      },
    },
  })

export const CHANGE_REFERENCE = 0x24
export const RESET_COUNTER = 0x2c
export const INS = 1

export const actions = (world: World): string[] =>
  world.store.auditTrail().map(r => `${r.action} ${r.result}${r.reason ? ` ${r.reason}` : ''}`)

/** Everything that the server keeps or logs, as text, to search it for what must not be there. */
export const everythingKept = (world: World): string =>
  JSON.stringify([world.store.auditTrail(), world.causes.map(String), [...world.store.committed().secrets.values()]])
