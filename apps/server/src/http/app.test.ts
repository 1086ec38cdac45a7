import { PHOTO_UPLOAD_LIMIT } from '@cardwright/contract'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createApp } from './app.ts'
import { addressOf } from './same-origin.ts'

test('P-8: a photo of the largest size has the time to arrive from a site with 1 Mbit/s', async () => {
  const app = await createApp({
    log: pino({ level: 'silent' }),
    address: () => addressOf({ host: '127.0.0.1', port: 80, url: 'http://localhost' }),
    secure: false,
    trustProxy: false,
  })
  const base64 = (PHOTO_UPLOAD_LIMIT * 4) / 3
  expect(app.server.requestTimeout).toBeGreaterThan(((base64 * 8) / 1_000_000) * 1000)
  await app.close()
})
