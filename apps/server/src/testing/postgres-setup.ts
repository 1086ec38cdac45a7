import type { TestProject } from 'vitest/node'
import { startTestCluster } from './postgres.ts'

/** Global set-up of vitest: initdb takes as long as many a test file, so one PostgreSQL serves them all. */
export default async (project: TestProject) => {
  const { connection, folder, stop } = await startTestCluster()
  project.provide('testCluster', { connection, folder })
  return stop
}
