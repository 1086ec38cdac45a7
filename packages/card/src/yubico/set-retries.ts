import type { CardCommand } from '../command.ts'

/**
 * SET PIN RETRIES, INS FA: needs the administration key *and* a verified PIN, and puts PIN and PUK back to the factory
 * values, so it comes before they are set. Tries 1 to 255.
 */
export function setRetries(pinTries: number, pukTries: number): CardCommand<void> {
  for (const tries of [pinTries, pukTries]) {
    if (!Number.isInteger(tries) || tries < 1 || tries > 255) throw new RangeError('tries must be 1 to 255')
  }
  return {
    name: 'yubico.set-retries',
    apdu: { cla: 0x00, ins: 0xfa, p1: pinTries, p2: pukTries },
    decode: () => undefined,
  }
}
