import { defineConfig } from 'vitest/config';

/** Should anything import the real Electron after all, it must not start to download one. */
const env = { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src-*/**/*.spec.ts', 'bench/**/*.spec.ts', 'packaging/**/*.spec.ts'],
          environment: 'node',
          env,
          // What never comes is said by what waits for it, see tests/until.ts; a machine may stand still for minutes.
          testTimeout: 600_000,
          hookTimeout: 600_000,
          // Projects with different numbers of workers can't run at a time; the quick one comes first.
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.spec.ts'],
          environment: 'node',
          env,
          globalSetup: ['tests/integration/build.ts'],
          // What never comes is said by what waits for it, see tests/until.ts.
          testTimeout: 600_000,
          hookTimeout: 600_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
