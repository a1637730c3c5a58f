import { availableParallelism } from 'node:os';

export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  testMatch: ['<rootDir>/tests/**/*.test.{ts,tsx}'],
  transform: { '\\.tsx?$': '<rootDir>/tests/support/strip-types.cjs' },
  testTimeout: 30_000,
  // Beside the packages, since the folder for what is temporary is another in each run.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  // A story waits for as long as it works, so one at a time would leave the second of two cores idle.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  workerIdleMemoryLimit: '1GB',
};
