import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// With a real part that takes seconds: drawing, a mail server, a key derivation, processes, sockets. Not part of `npm run check`.
export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.integration.test.ts', 'apps/*/src/**/*.integration.test.ts'],
    testTimeout: 20_000,
    // A poll ends when it holds; its own second is too short for a busy machine.
    expect: { poll: { timeout: 10_000 } },
    isolate: false,
    pool: 'threads',
    maxWorkers: availableParallelism(),
  },
})
