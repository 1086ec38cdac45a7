import { PHOTO_UPLOAD_LIMIT } from '@cardwright/contract'
import { expect, test } from 'vitest'
import { silentApp } from '../testing/silent-app.ts'

test('P-8: a photo of the largest size has the time to arrive from a site with 1 Mbit/s', async () => {
  const app = await silentApp()
  const base64 = (PHOTO_UPLOAD_LIMIT * 4) / 3
  expect(app.server.requestTimeout).toBeGreaterThan(((base64 * 8) / 1_000_000) * 1000)
  await app.close()
})
