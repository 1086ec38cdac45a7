import { defineConfig } from 'vitest/config'

// A real server and a real browser for each file, the tests of a file in their order. Two files at a time: browser and server
// of one wait for each other, and leave the cores idle for a quarter of the time.
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.e2e.test.ts'],
    globalSetup: ['tests/e2e/demo-data.ts'],
    maxWorkers: 2,
    // What the files share keeps nothing of them: each worker loads it once.
    isolate: false,
    testTimeout: 120_000,
    // A poll ends when it holds; its own second is too short for a busy machine.
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 120_000,
  },
})
