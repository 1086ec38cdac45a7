import type { CardConnection, Readers } from '@cardwright/card'
import { type FromFarEnd, fromFarEnd, type ToFarEnd } from '@cardwright/contract'
import { expect, test } from 'vitest'
import { createChannelPair } from './channel.ts'
import { type FarEndOptions, runFarEnd } from './far-end.ts'

const SESSION = '0b6f2a3e-5d0c-4b8f-9a51-6c2f1d7e8a90'
const OPEN: ToFarEnd = { type: 'open', message: 1, session: SESSION, readerId: 'r', insertion: 'i' }
const RUN: Extract<ToFarEnd, { type: 'run' }> = {
  type: 'run',
  message: 2,
  session: SESSION,
  script: { steps: [{ command: 'x', apdus: ['00A40400'], accept: ['9000'] }] },
}

/** A reader whose card answers 9000, and what happened to it. `opens` holds back the connection. */
const start = (options: FarEndOptions = {}, opens: Promise<void> = Promise.resolve()) => {
  const events: string[] = []
  const connection: CardConnection = {
    atr: Uint8Array.of(0x3b, 0x00),
    insertion: 'i',
    async transmit() {
      events.push('transmit')
      return Uint8Array.of(0x90, 0x00)
    },
    reset: async () => {},
    close: async () => void events.push('close'),
  }
  const connecting = Promise.withResolvers<void>()
  const readers: Readers = {
    list: async () => [],
    watch: () => () => {},
    async connect() {
      connecting.resolve()
      await opens
      return connection
    },
  }
  const [near, far] = createChannelPair()
  runFarEnd(far, readers, options)
  const ask = (message: ToFarEnd) =>
    new Promise<FromFarEnd>(resolve => {
      near.onMessage(text => {
        const answer = fromFarEnd.parse(JSON.parse(text))
        if (answer.type !== 'progress') resolve(answer)
      })
      near.send(JSON.stringify(message))
    })
  return { near, ask, events, connection, connecting: connecting.promise }
}

test('a script is judged with the connection that it is for, and not sent if it is refused', async () => {
  const seen: CardConnection[] = []
  const { ask, events, connection } = start({
    refuse: (_, given) => {
      seen.push(given)
      return seen.length > 1 ? 'not now' : undefined
    },
  })
  await ask(OPEN)
  expect(await ask(RUN)).toMatchObject({ type: 'ran' })
  expect(await ask(RUN)).toMatchObject({ type: 'failed', code: 'SCRIPT_REFUSED', detail: 'not now' })
  expect(seen).toEqual([connection, connection])
  expect(events).toEqual(['transmit'])
})

test('a card that opens only after the other end went is let go', async () => {
  const gate = Promise.withResolvers<void>()
  const { near, events, connecting } = start({}, gate.promise)
  near.send(JSON.stringify(OPEN))
  await connecting
  near.close()
  gate.resolve()
  await expect.poll(() => events).toEqual(['close'])
})

test('a card that is still being let go is waited for: who closes one session may open the next at once', async () => {
  const closed = Promise.withResolvers<void>()
  const { near, ask, events, connection } = start()
  Object.assign(connection, { close: () => closed.promise.then(() => void events.push('close')) })
  await ask(OPEN)
  near.send(JSON.stringify({ type: 'close', session: SESSION } satisfies ToFarEnd))
  const next = ask({ ...OPEN, message: 3, session: '11111111-2222-4333-8444-555555555555' })
  events.push('asked')
  closed.resolve()
  expect(await next).toMatchObject({ type: 'opened', message: 3 })
  expect(events).toEqual(['asked', 'close'])
})

test('a script whose session is closed ends with the command that runs, and the card is free for the next session', async () => {
  const answer = Promise.withResolvers<void>()
  const { near, ask, events, connection } = start()
  const transmitting = Promise.withResolvers<void>()
  Object.assign(connection, {
    transmit: async () => {
      events.push('transmit')
      transmitting.resolve()
      await answer.promise
      return Uint8Array.of(0x90, 0x00)
    },
  })
  await ask(OPEN)
  const two = { ...RUN, script: { steps: [...RUN.script.steps, ...RUN.script.steps] } }
  near.send(JSON.stringify(two))
  await transmitting.promise
  near.send(JSON.stringify({ type: 'close', session: SESSION } satisfies ToFarEnd))
  const next = ask({ ...OPEN, message: 3, session: '11111111-2222-4333-8444-555555555555' })
  // Both messages have arrived: each crosses in a turn of its own.
  await new Promise(setImmediate)
  await new Promise(setImmediate)
  answer.resolve()
  // The first answer is that of the script that was cut short; the next session is opened behind it.
  expect(await next).toMatchObject({ type: 'ran', result: { stopped: { step: 1, kind: 'refused' } } })
  await expect.poll(() => events).toEqual(['transmit', 'close'])
})
