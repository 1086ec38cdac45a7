import { defineConfig } from 'vitest/config'

// Browser, extension, client, pcscd and card as at somebody's desk: one pcscd for all, so one file after the other.
export default defineConfig({
  test: {
    include: ['tests/desk/**/*.desk.test.ts'],
    globalSetup: ['tests/desk/setup.ts', 'tests/e2e/demo-data.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    // A poll ends when it holds; its own second is too short for a busy machine.
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 120_000,
  },
})
