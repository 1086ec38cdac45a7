import { defineConfig } from 'vitest/config'

// Against a real slapd, which each file starts for itself.
export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.directory.test.ts', 'apps/*/src/**/*.directory.test.ts'],
    testTimeout: 60_000,
    // A poll ends when it holds; its own second is too short for a busy machine.
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 60_000,
  },
})
