import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// Every place at which an issuance or a recycle can be cut, times every way out, and random lives of many devices: thousands of
// whole issuances.
export default defineConfig({
  test: {
    include: ['tests/powercut/**/*.test.ts', 'tests/model/**/*.test.ts'],
    testTimeout: 120_000,
    // The default leaves one core idle; here all work is computing.
    maxWorkers: availableParallelism(),
  },
})
