import { expect, test } from 'vitest'
import { keysContract } from '../../testing/keys/contract.ts'
import { masterSecret } from './master-secret.ts'
import { createSoftwareKeys } from './software-keys.ts'

const opened = (octet: number) => createSoftwareKeys(masterSecret(new Uint8Array(32).fill(octet)))

keysContract('in software', async () => ({ keys: opened(1), stranger: opened(2), reopen: async () => opened(1) }))

test('once locked it does nothing more', async () => {
  const keys = opened(1)
  const sealed = await keys.seal('puk:device-1', new Uint8Array(8))
  keys.lock()
  const locked = { code: 'KEYS_LOCKED' }
  await expect(keys.unseal('puk:device-1', sealed)).rejects.toMatchObject(locked)
  await expect(keys.seal('puk:device-1', new Uint8Array(8))).rejects.toMatchObject(locked)
  await expect(keys.mac('audit', new Uint8Array(1))).rejects.toMatchObject(locked)
})
