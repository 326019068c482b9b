import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts', 'samples/**/*.test.ts'],
    // Answers of the emulated Pipedrive are compared with its published description, whoever asks.
    setupFiles: ['packages/emulators/src/pipedrive/contract/watch-fixture.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default', './test/plain-reporter.ts'],
  },
});
