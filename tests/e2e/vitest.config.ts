import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'e2e',
    include: ['tests/e2e/**/*.spec.ts'],
    environment: 'node',
    // Many waits of which each has its own patience, see app-under-test.ts.
    testTimeout: 600_000,
    hookTimeout: 300_000,
    // Most of a test is waiting for trainings of a given time: two at once keep two cores busy.
    maxWorkers: 2,
    // A machine under load answers late; what never comes still fails.
    expect: { poll: { timeout: 120_000 } },
    // app-under-test.ts looks at what a failed test left before the test's own hooks put it away.
    sequence: { hooks: 'list' },
  },
});
