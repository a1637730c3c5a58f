export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  testMatch: ['<rootDir>/tests/**/*.test.{ts,tsx}'],
  transform: { '\\.tsx?$': '<rootDir>/tests/support/strip-types.cjs' },
  testTimeout: 30_000,
  workerIdleMemoryLimit: '1GB',
};
