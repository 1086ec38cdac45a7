export { createFaultyStore, type FaultyStore, ServerDied, type StoreFault } from './faulty-store.ts'
export type { MemoryState } from './memory-state.ts'
export { createMemoryStore, type MemoryStore } from './memory-store.ts'
export { postgresHarness } from './postgres-harness.ts'
export * as sample from './samples.ts'
export { type StoreHarness, storeContract } from './store-contract.ts'
export {
  createTestDatabase,
  migrated,
  type Template,
  type TestCluster,
  type TestPostgres,
  testMacs,
  useTestCluster,
} from './test-postgres.ts'
