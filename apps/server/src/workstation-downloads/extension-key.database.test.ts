import { createPrivateKey } from 'node:crypto'
import { installationFact, openDatabase } from '@cardwright/adapters/db'
import { createSoftwareKeys, masterSecret } from '@cardwright/adapters/keys'
import { migrated } from '@cardwright/adapters/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestPostgres } from '../testing/postgres.ts'
import { extensionId } from './crx.ts'
import { openExtensionKey } from './extension-key.ts'

let postgres: Awaited<ReturnType<typeof startTestPostgres>>
let db: ReturnType<typeof openDatabase>
beforeAll(async () => {
  postgres = await startTestPostgres()
  db = openDatabase(await postgres.createDatabase(migrated), { onConnectionLost: () => {} })
})
afterAll(async () => {
  await db?.destroy()
  await postgres?.stop()
})
const keysOf = (fill: number) => createSoftwareKeys(masterSecret(new Uint8Array(32).fill(fill)))

test('servers that start at once on one database have one key, and so one id; it survives a restart', async () => {
  const keys = keysOf(7)
  const opened = await Promise.all([openExtensionKey(db, keys), openExtensionKey(db, keys)])
  const later = await openExtensionKey(db, keysOf(7))
  const ids = [...opened, later].map(key => extensionId(key.publicKey))
  expect(new Set(ids).size).toBe(1)
  expect(later.privateKey.asymmetricKeyDetails?.modulusLength).toBe(2048)
})

test('the database holds the private key sealed only', async () => {
  const fact = (await installationFact(db, 'extension-key')) as Record<string, string>
  expect(Object.keys(fact)).toEqual(['sealed'])
  const stored = Buffer.from(fact.sealed ?? '', 'base64')
  expect(() => createPrivateKey({ key: stored, type: 'pkcs8', format: 'der' })).toThrow()
  await expect(openExtensionKey(db, keysOf(8))).rejects.toMatchObject({
    name: 'KeysError',
  })
})
