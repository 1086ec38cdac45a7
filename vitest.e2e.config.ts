import { defineConfig } from 'vitest/config'

// A real server and a real browser for each file: one file after the other, the tests of a file in their order.
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.e2e.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
