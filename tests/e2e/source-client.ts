import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const main = join(import.meta.dirname, '../../apps/client/src/main.ts')

/** The client run from its sources, installed for one portal. No reader of this machine is its business. */
export const sourceClient = (folder: string, origin: string, extensionId: string) => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'client.json'), JSON.stringify({ origins: [origin], allowedExtensions: [extensionId] }))
  return {
    command: [process.execPath, main],
    environment: { CARDWRIGHT_CLIENT_HOME: folder, PCSCLITE_CSOCK_NAME: join(folder, 'no-pcscd') },
  }
}
