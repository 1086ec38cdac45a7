import { createPrivateKey, createPublicKey, generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { claimInstallationFact, type Db, installationFact } from '@cardwright/adapters/db'
import type { Keys } from '@cardwright/core'
import type { ExtensionKey } from './crx.ts'

const FACT = 'extension-key'
const CONTEXT = 'extension-key'

/**
 * The key that signs this installation's extension, made once and kept sealed in the database: every server there offers
 * the same extension under the same id, and workstations take its updates. RSA-2048, as browsers ask of a CRX.
 */
export const openExtensionKey = async (db: Db, keys: Pick<Keys, 'seal' | 'unseal'>): Promise<ExtensionKey> => {
  if ((await installationFact(db, FACT)) === undefined) {
    const made = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
    const der = made.privateKey.export({ type: 'pkcs8', format: 'der' })
    const sealed = await keys.seal(CONTEXT, Uint8Array.from(der))
    // Of servers that start at once one is first; the others take its key below.
    await claimInstallationFact(db, FACT, { sealed: Buffer.from(sealed).toString('base64') })
  }
  const { sealed } = (await installationFact(db, FACT)) as { sealed: string }
  const der = await keys.unseal(CONTEXT, Uint8Array.from(Buffer.from(sealed, 'base64')))
  const privateKey = createPrivateKey({ key: Buffer.from(der), type: 'pkcs8', format: 'der' })
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  return { privateKey, publicKey: Uint8Array.from(publicKey) }
}
