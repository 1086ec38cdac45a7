import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { dumpMigrated } from './pglite.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The file with the dump of a migrated database. */
    pgliteTemplate: string
  }
}

/** Global set-up of vitest: initdb and the migrations take seconds, so they are run once and not for every test file. */
export default async (project: TestProject) => {
  const folder = await mkdtemp(join(tmpdir(), 'cardwright-pglite-'))
  const file = join(folder, 'migrated.tar')
  const dump = await dumpMigrated()
  await writeFile(file, dump.stream())
  project.provide('pgliteTemplate', file)
  return () => rm(folder, { recursive: true })
}
