import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// SQL and the embedded server against real PostgreSQL: seconds each, so not part of `npm run check`.
export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.database.test.ts', 'apps/*/src/**/*.database.test.ts'],
    globalSetup: ['packages/adapters/src/testing/store/pglite-template.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The default leaves one core idle.
    maxWorkers: availableParallelism(),
  },
})
