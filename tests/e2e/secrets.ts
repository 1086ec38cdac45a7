import { expect } from 'vitest'
import { holds } from '../../apps/server/src/testing/holds.ts'
import type { TestBrowser } from './browser.ts'
import { dump } from './database.ts'
import type { TestServer } from './server.ts'

/** Nothing that was typed or shown as a secret may be found anywhere but where it belongs. */
export const expectNowhere = async (
  secrets: readonly string[],
  server: TestServer,
  browser: TestBrowser,
): Promise<void> => {
  const places = {
    addresses: [...browser.addresses].join('\n'),
    'storage of the browser': await browser.storage(),
    'output and log of the server': server.output(),
    database: await dump(server),
  }
  expect(secrets.length).toBeGreaterThan(0)
  for (const [place, text] of Object.entries(places)) {
    expect(text.length, `${place} must not be empty`).toBeGreaterThan(0)
    // Said without the secret and the place's text: a failing test ends up in a log as well.
    const found = secrets.filter(secret => holds(text, secret)).length
    expect(found, `secrets found in: ${place}`).toBe(0)
  }
}
