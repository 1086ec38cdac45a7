import { randomUUID } from 'node:crypto'
import {
  createDatabase,
  createPostgresStore,
  createSignInStore,
  createUser,
  type Database,
  getUserPortalSettings,
  listAudit,
  putUserPortalSettings,
  updateUser,
} from '@cardwright/adapters/db'
import { systemRandom } from '@cardwright/adapters/keys'
import { createTestDatabase, sample, testMacs } from '@cardwright/adapters/testing'
import type { Actor, Directory, User, UserPortalSettings } from '@cardwright/core'
import { EdgeError } from '../http/problems.ts'
import { createPasswords, type Passwords } from '../sign-in/password.ts'
import { makeFirstQuestions } from '../user-portal/first-questions.ts'
import { portalSettings } from '../user-portal/portal-settings.ts'
import { createUserPortal, type UserPortal } from '../user-portal/user-portal.ts'

export const anOperator: Actor = { kind: 'operator', id: 'operator', label: 'Olga' }

/** Real hashes with cheap parameters; how many were computed is what a stopwatch would see of the real ones. */
const countingPasswords = () => {
  const real = createPasswords({ logN: 4, r: 8, p: 1 })
  const counted = { hashes: 0 }
  const one = <T>(work: Promise<T>): Promise<T> => {
    counted.hashes++
    return work
  }
  const passwords: Passwords = {
    hash: password => one(real.hash(password)),
    verify: (password, stored) => one(real.verify(password, stored)),
    verifyNobody: password => one(real.verifyNobody(password)),
  }
  return { passwords, counted }
}

/** The User portal's logins on a database in memory, with time, the directory and the work in the test's hands. */
export const createUserPortalBench = async () => {
  const db = await createTestDatabase()
  const database: Database = createDatabase(db, testMacs)
  const store = createPostgresStore(database)
  const { passwords, counted } = countingPasswords()
  const bench = {
    db,
    database,
    counted,
    now: sample.aTime,
    directory: null as Directory | null,
    /** Where the tries of the test come from. */
    address: '192.0.2.1',
    portal: undefined as unknown as UserPortal,
  }
  await makeFirstQuestions(database, { actor: anOperator, at: bench.now })
  bench.portal = createUserPortal({
    database,
    keys: testMacs,
    users: createSignInStore(db).users,
    settings: portalSettings(database),
    passwords,
    currentDirectory: async () => bench.directory,
    directoryFailed: () => {},
    mail: {
      mailIsConfigured: async () => false,
      queueInitialPassword: async () => {
        throw new Error('no mail in this test')
      },
    },
    wakeOutbox: () => {},
    portalUrl: () => 'https://cms.example.org/user',
    random: systemRandom,
    streams: () => ({ closeSession: () => {} }),
    closeWorkstation: () => {},
    secure: false,
    clock: () => bench.now,
  })
  const { methods, questions, visits } = bench.portal

  const user = async (loginName: string): Promise<User> => {
    const by = { actor: anOperator, at: bench.now }
    const made = await createUser(database, { loginName, displayName: loginName, groupIds: [] }, by)
    if (!made.ok) throw new Error(made.code)
    return made.value
  }
  const at = async (loginName: string) => ({
    visitor: (await visits.begin()).visitor,
    address: bench.address,
    loginName,
    service: 'WITHOUT_DEVICE' as const,
  })
  /** The service that was logged in to, or the code of the refusal. */
  const outcome = (work: Promise<{ visitor: { service: string | null } }>): Promise<string | null> =>
    work.then(
      begun => begun.visitor.service,
      error => {
        if (error instanceof EdgeError) return error.code
        throw error
      },
    )

  return Object.assign(bench, {
    user,
    disable: async (who: User) => {
      const { loginName, displayName, version } = who
      const input = { loginName, displayName, groupIds: [], version, status: 'DISABLED' as const }
      await updateUser(database, who.id, input, { actor: anOperator, at: bench.now }, 'SYSTEM')
    },
    settings: async (change: Partial<UserPortalSettings>) => {
      const { version, settings } = await getUserPortalSettings(db)
      await putUserPortalSettings(
        database,
        { version, settings: { ...settings, ...change } },
        { actor: anOperator, at: bench.now },
      )
    },
    /** A device that is bound to this user and blank. */
    device: async (userId: string): Promise<string> => {
      const device = sample.aDevice({ id: randomUUID(), identity: `serial:${randomUUID()}`, state: 'ASSIGNED', userId })
      await store.transaction(tx => tx.devices.save({ ...device, version: 0 }))
      return device.id
    },
    /** A device was issued to this user once. */
    issued: async (userId: string): Promise<void> => {
      const device = sample.aDevice({ id: randomUUID(), identity: `serial:${randomUUID()}`, state: 'ISSUED', userId })
      await store.transaction(async tx => {
        await tx.devices.save({ ...device, version: 0, issuedAt: bench.now })
      })
    },
    /** Answers to as many questions as are needed, the first ones of the catalogue. */
    answered: async (who: User, answers: readonly string[]): Promise<void> => {
      const { catalogue } = await questions.choice(who.id)
      const given = answers.map((answer, index) => ({ id: catalogue[index]?.id ?? '', answer }))
      await questions.set(who, given, { first: true, by: { kind: 'user', id: who.id, label: who.displayName } })
    },
    answers: async (loginName: string, answers: readonly string[], service: 'ISSUANCE' | 'WITHOUT_DEVICE') => {
      const asked = await questions.forName(loginName)
      const given = asked.map(({ id }, index) => ({ id, answer: answers[index] ?? '' }))
      return outcome(methods.withAnswers({ ...(await at(loginName)), service }, given))
    },
    ldap: async (loginName: string, password: string, service: 'ISSUANCE' | 'WITHOUT_DEVICE' = 'WITHOUT_DEVICE') =>
      outcome(methods.withLdapPassword({ ...(await at(loginName)), service }, password)),
    password: async (loginName: string, password: string) =>
      outcome(methods.withInitialPassword(await at(loginName), password)),
    /** What the audit says of logins, newest first. */
    audited: async () => {
      const { rows } = await listAudit(db, { scope: 'ALL', operatorId: 'o' }, { limit: 200 })
      return rows
        .filter(row => row.action.startsWith('user.log'))
        .map(row => `${row.action}${row.reason ? ` ${row.reason}` : ''}`)
    },
  })
}

export type UserPortalBench = Awaited<ReturnType<typeof createUserPortalBench>>
