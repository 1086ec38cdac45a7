import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// SQL and the embedded server against real PostgreSQL: seconds each, so not part of `npm run check`.
export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.database.test.ts', 'apps/*/src/**/*.database.test.ts'],
    globalSetup: ['apps/server/src/testing/postgres-setup.ts'],
    testTimeout: 60_000,
    // A poll ends when it holds; its own second is too short for a busy machine.
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 60_000,
    // A worker loads the server's code once and not again for each file.
    isolate: false,
    // The default leaves one core idle.
    maxWorkers: availableParallelism(),
  },
})
