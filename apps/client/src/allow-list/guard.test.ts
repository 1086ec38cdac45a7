import { ANY_STATUS, type CardConnection, hexToBytes, type Readers, runScript } from '@cardwright/card'
import { expect, test } from 'vitest'
import { createGuard } from './guard.ts'

const SELECT_PIV = '00A4040009A00000030800001000'
const GET_CHUID = '00CB3FFF055C035FC10200'
const VERIFY = '0020008008313233343536FFFF'

/** Answers SELECT with `selected` and all else with 9000; keeps what was sent. */
const cardThat = (selected: string) => {
  const sent: string[] = []
  const connection: CardConnection = {
    atr: Uint8Array.of(0x3b, 0x00),
    insertion: 'i',
    async transmit(apdu) {
      const hex = Buffer.from(apdu).toString('hex').toUpperCase()
      sent.push(hex)
      return hexToBytes(hex.startsWith('00A4') ? selected : '9000')
    },
    reset: async () => {},
    close: async () => {},
  }
  const readers: Readers = { list: async () => [], watch: () => () => {}, connect: async () => connection }
  return { guard: createGuard(readers), sent }
}

const run = async (selected: string, apdus: readonly string[]) => {
  const { guard, sent } = cardThat(selected)
  const connection = await guard.readers.connect('r')
  const script = { steps: apdus.map(apdu => ({ command: 'x', apdus: [apdu], accept: [ANY_STATUS] })) }
  return {
    refused: guard.refuse(script, connection),
    result: await runScript(connection, script),
    sent,
    guard,
    connection,
  }
}

test('what changes a card is sent only to an application that the card has selected', async () => {
  const { result, sent } = await run('6A82', [SELECT_PIV, GET_CHUID, VERIFY])
  expect(sent).toEqual([SELECT_PIV, GET_CHUID])
  expect(result.stopped).toMatchObject({
    step: 2,
    kind: 'refused',
    reason: expect.stringContaining('no application PIV'),
  })
})

test.each(['9000', '6110'])('SELECT answered %s opens the application for this and later scripts', async selected => {
  const { refused, sent, guard, connection } = await run(selected, [SELECT_PIV, VERIFY])
  expect(refused).toBeUndefined()
  expect(sent.at(-1)).toBe(VERIFY)
  const later = { steps: [{ command: 'x', apdus: [VERIFY], accept: ['9000'] }] }
  expect(guard.refuse(later, connection)).toBeUndefined()
  await connection.reset()
  expect(guard.refuse(later, connection)).toMatch(/no application was selected/)
  expect(guard.refuse(later, await guard.readers.connect('r'))).toMatch(/no application was selected/)
})

test('even without the judgement beforehand no forbidden command reaches the card', async () => {
  const { result, sent } = await run('9000', ['00A4040007A0000000031010'])
  expect(sent).toEqual([])
  expect(result.stopped).toMatchObject({ step: 0, kind: 'refused' })
})
