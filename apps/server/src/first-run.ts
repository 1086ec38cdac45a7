import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { claimInstallationFact, createUser, type Database, installationFact } from '@cardwright/adapters/db'
import type { Actor, Clock, Keys, User } from '@cardwright/core'
import { addDemoManufacturerKey } from './data-keys.ts'
import { makeDemoCards } from './demo/cards.ts'
import { makeDemoOrganisation } from './demo/organisation.ts'
import { DEMO_ORGANISATION } from './demo/people.ts'
import { attestationFolder } from './readers/attestation-anchors.ts'
import type { SignInStore } from './sign-in/sign-in-store.ts'
import { makeFirstQuestions } from './user-portal/first-questions.ts'

export const systemActor: Actor = { kind: 'system', id: 'system:server', label: 'Cardwright' }
export const virtualCardsFolder = (dataDir: string): string => join(dataDir, 'virtual-cards')

/**
 * What the first start makes: the first administrator, the organisation's name, the catalogue of security questions, and
 * the demo unless it is unwanted.
 */
export const prepareFirstRun = async (
  ports: { readonly database: Database; readonly keys: Keys; readonly clock: Clock },
  options: { readonly dataDir: string; readonly demo: boolean },
): Promise<void> => {
  const { database, clock } = ports
  const { db } = database
  const by = { actor: systemActor, at: clock() }
  // Of two servers that start at once on one database, the one that claims this makes it all.
  if (await claimInstallationFact(db, 'organisation', options.demo ? DEMO_ORGANISATION : 'Cardwright')) {
    const administrator = { loginName: 'admin', displayName: 'First administrator', groupIds: [] }
    const made = await createUser(database, administrator, by, { role: 'ADMINISTRATOR' })
    if (!made.ok) throw new Error(`the first administrator could not be made: ${made.code}`)
    await claimInstallationFact(db, 'first-administrator', made.value.id)
    if (options.demo) {
      await claimInstallationFact(db, 'demo', true)
      await makeDemoOrganisation(database, by)
    }
  }
  await makeFirstQuestions(database, by)
  const folder = virtualCardsFolder(options.dataDir)
  if (options.demo && !existsSync(folder) && (await installationFact(db, 'demo')) === true) {
    const batchKey = await addDemoManufacturerKey(options.dataDir, ports.keys)
    await makeDemoCards(folder, batchKey, attestationFolder(options.dataDir))
  }
}

/** The first administrator, for as long as nobody has signed in with that account; not one who lost the role. */
export const firstAdministrator = async (database: Database, store: SignInStore): Promise<User | null> => {
  const id = await installationFact(database.db, 'first-administrator')
  const user = typeof id === 'string' ? await store.users.get(id) : null
  if (user?.status !== 'ACTIVE' || user.role !== 'ADMINISTRATOR') return null
  const hasPassword = (await store.passwords.hashOf(user.id)) !== null
  return hasPassword || (await store.passkeys.ofUser(user.id)).length > 0 ? null : user
}
