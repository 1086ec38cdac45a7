import { defineConfig } from 'vitest/config'

// Real printers: ippeveprinter and cupsd, which each file starts for itself.
export default defineConfig({
  test: {
    include: ['tests/print/**/*.print.test.ts'],
    globalSetup: ['tests/print/setup.ts'],
    testTimeout: 30_000,
    // A poll ends when it holds; its own second is too short for a busy machine.
    expect: { poll: { timeout: 15_000 } },
    hookTimeout: 30_000,
  },
})
