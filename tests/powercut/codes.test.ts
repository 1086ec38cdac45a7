import type { RefusalCode } from '@cardwright/core'
import { expect, test } from 'vitest'
import { answerLost, refuses, unreachable, wrongCertificates } from './faults/authority.ts'
import { cardPower } from './faults/card-power.ts'
import { database, diskFull } from './faults/database.ts'
import { type Fault, NOWHERE } from './faults/fault.ts'
import { relay } from './faults/relay.ts'
import { start } from './jobs.ts'
import { arrange, type Stage } from './stage.ts'

const expected: readonly (readonly [Fault, RefusalCode])[] = [
  [cardPower('before'), 'CARD_REMOVED'],
  [cardPower('after'), 'CARD_REMOVED'],
  [relay('before'), 'RELAY_LOST'],
  [relay('after'), 'RELAY_LOST'],
  [unreachable, 'CA_UNREACHABLE'],
  [refuses, 'CA_REFUSED'],
  [answerLost, 'CA_TIMEOUT'],
  ...wrongCertificates.map(fault => [fault, 'CA_WRONG_CERTIFICATE'] as const),
  [database('before'), 'STORE_UNAVAILABLE'],
  [diskFull, 'STORE_FULL'],
]

const arranged = (): Promise<Stage> => arrange('yubikey-5.7', { kind: 'ISSUE' })

test.each(expected.map(([fault, code]) => ({ fault, code, name: fault.name })))(
  'I-12: wherever it happens, $name is told as $code',
  async ({ fault, code }) => {
    const rehearsal = await arranged()
    const counting = fault.arm(rehearsal, NOWHERE)
    await start(rehearsal, counting.ports)
    const places = counting.places()
    expect(places.length).toBeGreaterThan(0)
    const told = new Map<string, number>()
    for (const place of places) {
      const stage = await arranged()
      const end = await start(stage, fault.arm(stage, place).ports)
      const says = typeof end === 'string' ? end : (end.error?.code ?? end.state)
      told.set(says, (told.get(says) ?? 0) + 1)
    }
    // What breaks after the last answer has come, and at the closing of the session, breaks nothing any more.
    const late = told.get('COMPLETED') ?? 0
    expect(late).toBeLessThanOrEqual(2)
    expect([...told.keys()].filter(says => says !== 'COMPLETED')).toEqual([code])
  },
)
