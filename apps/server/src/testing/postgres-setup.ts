import type { TestProject } from 'vitest/node'
import { startTestCluster, type TestCluster } from './postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The PostgreSQL of all test files. */
    testCluster: TestCluster
  }
}

/** Global set-up of vitest: initdb takes as long as many a test file, so one PostgreSQL serves them all. */
export default async (project: TestProject) => {
  const { connection, folder, stop } = await startTestCluster()
  project.provide('testCluster', { connection, folder })
  return stop
}
