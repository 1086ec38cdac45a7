import { expect } from 'vitest'
import { bytesToHex, hexToBytes } from '../bytes.ts'
import { type ProbeOptions, probeCommands } from '../models/probe-commands.ts'
import { type Probe, readProbe } from '../models/read-probe.ts'
import { runScript } from '../script/run-script.ts'
import { createSession } from '../script/session.ts'

/** Answers by the longest beginning of the APDU that is in the table, else `otherwise` (6D00). */
export type Answers = Readonly<Record<string, string>>

export const SELECT_PIV = '00A4040009A000000308'

/** Probes a card that answers out of a table, through the real runner, in one round trip. */
export async function probeScriptedCard(
  answers: Answers,
  atr: Uint8Array,
  { otherwise = '6D00', ...options }: ProbeOptions & { readonly otherwise?: string } = {},
): Promise<Probe> {
  const transport = {
    async transmit(apdu: Uint8Array) {
      const hex = bytesToHex(apdu)
      const fitting = Object.keys(answers).filter(start => hex.startsWith(start))
      return hexToBytes(answers[fitting.sort((a, b) => b.length - a.length)[0] ?? ''] ?? otherwise)
    },
  }
  const session = createSession({ run: script => runScript(transport, script) })
  const results = await session.run(...probeCommands(options))
  expect(session.stats.roundTrips).toBe(1)
  return readProbe(results, atr)
}
