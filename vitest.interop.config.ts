import { defineConfig } from 'vitest/config'

// Foreign programs against our cards: one pcscd for all, so one file after the other.
export default defineConfig({
  test: {
    include: ['tests/interop/**/*.interop.test.ts'],
    globalSetup: ['tests/interop/setup.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    // A poll ends when it holds; its own second is too short for a busy machine.
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 60_000,
  },
})
