import { defineConfig } from 'vitest/config';

/** For `npm run mutate`: what asserts on the workflow, without a process or a build of its own. */
export default defineConfig({
  test: {
    include: ['test/workflows/onboarding/**/*.test.ts'],
    deps: { interopDefault: false },
  },
});
