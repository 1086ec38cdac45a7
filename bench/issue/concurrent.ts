import { randomBytes } from 'node:crypto'
import { openLocalAuthority, publicationUrls } from '@cardwright/adapters/ca'
import { createLocalGateway } from '@cardwright/adapters/card-gateway'
import {
  createAuthorityStore,
  createDatabase,
  createPostgresStore,
  migrate,
  openDatabase,
  sealAuditGenesis,
  setInstallationFact,
} from '@cardwright/adapters/db'
import { postgresHarness, sample } from '@cardwright/adapters/testing'
import { createVirtualReaders } from '@cardwright/card-virtual'
import { nameOf } from '@cardwright/pki'
import { startOwnPostgres } from '../../apps/server/src/testing/postgres.ts'
import { blankCard, createWorld } from '../../tests/world/world.ts'
import { median, percentile, type Report } from '../harness.ts'
import { timedIssuance } from './issuance.ts'

/** How many at once, and how often that is repeated with fresh cards. */
const LEVELS = [
  [1, 16],
  [8, 4],
  [64, 3],
] as const

/** Issuances at once, each to a card of its own, on a real PostgreSQL, CA's store included. */
export async function measureConcurrent(report: Report): Promise<void> {
  const postgres = await startOwnPostgres()
  const address = await postgres.createDatabase()
  const db = openDatabase(address, { onConnectionLost: () => {}, connections: 20 })
  try {
    await migrate(db)
    const world = await createWorld()
    await sealAuditGenesis(db, world.keys)
    const database = createDatabase(db, world.keys)
    const rows = postgresHarness(database, database, async () => {})
    await setInstallationFact(db, 'organisation', 'Example Ltd')
    await rows.addPolicy(world.policy)
    const group = sample.aGroup({ id: world.user.groupIds[0] ?? '', assignments: { INITIAL: [world.policy.id] } })
    await rows.addGroup(group)
    await rows.addUser(world.user)
    const authority = await openLocalAuthority({
      id: 'local',
      store: createAuthorityStore(db, 'local'),
      keys: world.keys,
      clock: () => Date.now(),
      random: n => new Uint8Array(randomBytes(n)),
      organization: nameOf(['O', 'Example Ltd']),
      name: 'Example',
      urls: publicationUrls('http://localhost:8420'),
      onFailure: error => world.causes.push(error),
    })
    const readers = createVirtualReaders(
      Array.from({ length: 64 }, (_, i) => ({ id: `reader-${i}`, name: `Reader ${i}` })),
    )
    const gateway = createLocalGateway(readers)
    const ports = world.portsWith({
      store: createPostgresStore(database),
      authority,
      contentSigner: authority,
      gateway,
      clock: () => Date.now(),
    })
    let serial = 30_000_000
    const wave = (size: number): Promise<number[]> =>
      Promise.all(
        Array.from({ length: size }, async (_, i) => {
          const id = `reader-${i}`
          readers.insert(id, blankCard('yubikey-5.7', serial++))
          const { seconds } = await timedIssuance(world, ports, readers, id, '72914063')
          readers.remove(id)
          return seconds
        }),
      )
    await wave(4)
    for (const [size, waves] of LEVELS) {
      const times: number[] = []
      let elapsed = 0
      let memory = 0
      for (let i = 0; i < waves; i++) {
        const begun = performance.now()
        times.push(...(await wave(size)))
        elapsed += (performance.now() - begun) / 1000
        memory = Math.max(memory, process.memoryUsage().rss)
      }
      const name = `issue.concurrent_${size}`
      const how = `${size} at once on YubiKey 5.7 models in this process, PostgreSQL, ${times.length} issuances`
      report({ name: `${name}.per_minute`, value: (times.length / elapsed) * 60, unit: 'devices/min', note: how })
      report({ name: `${name}.p50_s`, value: median(times), unit: 's', note: how })
      report({ name: `${name}.p99_s`, value: percentile(times, 99), unit: 's', note: how })
      const what = 'resident memory of server, CA and all cards together'
      report({ name: `${name}.rss_mib`, value: Math.round(memory / 2 ** 20), unit: 'MiB', note: what })
    }
    gateway.close()
  } finally {
    await db.destroy()
    await postgres.stop()
  }
}
