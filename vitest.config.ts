import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'apps/*/src/**/*.test.ts',
      'tools/**/*.test.ts',
      'tests/world/**/*.test.ts',
      'bench/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/*.{database,directory,integration}.test.ts'],
    testTimeout: 20_000,
    // A poll ends when it holds; its own second is too short for a busy machine.
    expect: { poll: { timeout: 10_000 } },
    // These tests keep nothing that another file could see, so a worker loads the code once and not again for each file.
    isolate: false,
    pool: 'threads',
    // The default leaves one core idle.
    maxWorkers: availableParallelism(),
  },
})
