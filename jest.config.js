export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  testMatch: ['<rootDir>/tests/**/*.test.{ts,tsx}'],
  transform: { '\\.tsx?$': '<rootDir>/tests/support/strip-types.cjs' },
  testTimeout: 30_000,
  // Beside the packages, since the folder for what is temporary is another in each run.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  workerIdleMemoryLimit: '1GB',
};
