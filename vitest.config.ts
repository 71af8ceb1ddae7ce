import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/{unit,contracts,e2e}/**/*.test.ts'],
    globalSetup: 'tests/support/scratch-folder.ts',
    testTimeout: 30_000,
    // What is looked for again and again comes within a second on a machine at rest.
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Files share their imports, which otherwise take a quarter of the time; none leaves anything behind.
    isolate: false,
  },
});
