import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'sandbox/src/**/*.test.ts'],
    globalSetup: ['test/e2e/build-and-render.ts'],
    // The OpenAPI SDKs are CommonJS whose default export is an object that holds another default.
    deps: { interopDefault: false },
    testTimeout: 20_000,
    // Most of the time of the longest files is waiting, for processes and for time-outs.
    maxWorkers: 2,
    coverage: {
      provider: 'v8',
      include: ['{workflows,functions,alicloud,cli,infra}/**/*.ts', 'sandbox/src/**/*.ts'],
      exclude: ['sandbox/src/testing/**'],
      thresholds: { statements: 90, branches: 85, functions: 90, lines: 90 },
      reporter: ['text-summary', 'html'],
    },
  },
});
