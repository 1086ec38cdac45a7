import { expect } from 'vitest'
import { dump } from '../e2e/database.ts'
import type { TestServer } from '../e2e/server.ts'
import type { Desk } from './desk.ts'

/** A PIN as digits and as it would stand in an APDU. */
const forms = (pin: string): string[] => {
  const hex = Buffer.from(pin).toString('hex')
  return [pin, hex, hex.toUpperCase(), Buffer.from(pin).toString('base64').replace(/=+$/, '')]
}

/**
 * The holder's PINs are in nothing that the server received, stored and logged, nor in what the browser keeps. Said
 * without the PIN: a failing test ends up in a log as well.
 */
export const expectPinsNowhere = async (pins: readonly string[], server: TestServer, desk: Desk): Promise<void> => {
  const places = {
    'what the server received': desk.sent.join('\n'),
    'output and log of the server': server.output(),
    database: await dump(server),
    'storage of the browser':
      JSON.stringify(await desk.context.storageState({ indexedDB: true })) +
      String(await desk.page.evaluate('JSON.stringify({ ...sessionStorage })')),
  }
  for (const [place, text] of Object.entries(places)) {
    expect(text.length, `${place} must not be empty`).toBeGreaterThan(0)
    const found = pins.flatMap(forms).filter(form => text.includes(form)).length
    expect(found, `PINs found in: ${place}`).toBe(0)
  }
}
