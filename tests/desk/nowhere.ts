import { expect } from 'vitest'
import { holds } from '../../apps/server/src/testing/holds.ts'
import { dump } from '../e2e/database.ts'
import type { TestServer } from '../e2e/server.ts'
import type { Desk } from './desk.ts'

/** A PIN as digits and as it would stand in an APDU. */
const forms = (pin: string): string[] => {
  const hex = Buffer.from(pin).toString('hex')
  return [pin, hex, hex.toUpperCase(), Buffer.from(pin).toString('base64').replace(/=+$/, '')]
}

/** What every secret must be absent from but, for passwords, the request that logs in. */
const expectNowhere = async (
  what: string,
  secrets: readonly string[],
  sent: readonly string[],
  server: TestServer,
  desk: Desk,
): Promise<void> => {
  const places = {
    'what the server received': sent.join('\n'),
    'output and log of the server': server.output(),
    database: await dump(server),
    'storage of the browser':
      JSON.stringify(await desk.context.storageState({ indexedDB: true })) +
      String(await desk.page.evaluate('JSON.stringify({ ...sessionStorage })')),
  }
  for (const [place, text] of Object.entries(places)) {
    expect(text.length, `${place} must not be empty`).toBeGreaterThan(0)
    const found = secrets.filter(form => holds(text, form)).length
    expect(found, `${what} found in: ${place}`).toBe(0)
  }
}

/**
 * The holder's PINs are in nothing that the server received, stored and logged, nor in what the browser keeps. Said
 * without the PIN: a failing test ends up in a log as well.
 */
export const expectPinsNowhere = (pins: readonly string[], server: TestServer, desk: Desk): Promise<void> =>
  expectNowhere('PINs', pins.flatMap(forms), desk.sent, server, desk)

/** Bytes of the database are read as Latin-1; an address has it percent-encoded. */
const formsOfPassword = (password: string): string[] => [
  ...forms(password),
  Buffer.from(password).toString('latin1'),
  encodeURIComponent(password),
]

/** Passwords of the directory pass through the server: in the body of the login, and nowhere else. */
export const expectPasswordsNowhere = async (
  passwords: readonly string[],
  server: TestServer,
  desk: Desk,
): Promise<void> => {
  const login = `POST ${server.url}/api/user/login/ldap `
  const rest = desk.sent.map(line =>
    line.startsWith(login) ? line.replace(/"password":"(?:[^"\\]|\\.)*"\}$/, '"password":""}') : line,
  )
  for (const password of passwords) {
    const typed = desk.sent.some((line, at) => line.includes(password) && !rest[at]?.includes(password))
    expect(typed, 'each of the passwords was typed').toBe(true)
  }
  await expectNowhere('passwords', passwords.flatMap(formsOfPassword), rest, server, desk)
}
