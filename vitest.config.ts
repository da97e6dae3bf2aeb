import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What starts processes of its own: functions, commands, builds, Serverless Devs, a browser. */
const PROCESSES = [
  'test/alicloud/function-compute/sandbox.test.ts',
  'test/alicloud/module-graph.test.ts',
  'test/cli/build.test.ts',
  'test/cli/completion.test.ts',
  'test/cli/credential-chain.test.ts',
  'test/cli/doctor/deployment.test.ts',
  'test/cli/report/*.browser.test.ts',
  'test/cli/setup-process.test.ts',
  'test/cli/whereabouts.test.ts',
  'test/deploy/**/*.test.ts',
  'test/e2e/**/*.test.ts',
  'test/functions/bundle.test.ts',
  'test/infra/generated.test.ts',
  'test/scripts/**/*.test.ts',
  'sandbox/src/cli/{environment,package}.test.ts',
  'sandbox/src/clients.test.ts',
  'sandbox/src/deployment/**/*.test.ts',
  'sandbox/src/page/page.browser.test.ts',
  'sandbox/src/seed.test.ts',
  'sandbox/src/services/cloud-flow/run-flow-functions.test.ts',
  'sandbox/src/services/event-bridge/{delivery,rules}.test.ts',
  'sandbox/src/services/function-compute/**/*.test.ts',
  'sandbox/src/services/resource-orchestration/event-rule.test.ts',
];

/** What waits for longest, or can't be parted: begun last, it would go on alone. */
const LONGEST = [
  'test/deploy/refusals-afterwards.test.ts',
  'test/deploy/terminal.test.ts',
  'test/e2e/cloud-config-faults.e2e.test.ts',
  'test/e2e/log-store-faults.e2e.test.ts',
  'test/deploy/permissions.test.ts',
  'test/deploy/refusals.test.ts',
  'sandbox/src/page/page.browser.test.ts',
  'test/e2e/killed.e2e.test.ts',
];

/**
 * On a clean checkout nothing is known of earlier runs. One project after the other: a worker is of
 * one project, and to begin one takes seconds.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId, project }: TestSpecification) => {
      if (LONGEST.some((file) => moduleId.endsWith(file))) return 0;
      return project.name === 'processes' ? 1 : 2;
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}

const shared = {
  // The OpenAPI SDKs are CommonJS whose default export is an object that holds another default.
  deps: { interopDefault: false },
  // Modules are loaded once a worker, not once a file: most of a file's time was that.
  pool: 'threads' as const,
  isolate: false,
  unstubEnvs: true,
  testTimeout: 20_000,
};

export default defineConfig({
  test: {
    globalSetup: ['test/support/setup/render-serverless-devs.ts'],
    // Much of the time a test waits for an answer that does not come, or for a process.
    maxWorkers: 2 * availableParallelism(),
    sequence: { sequencer: LongestFirst },
    coverage: {
      provider: 'v8',
      include: ['{workflows,functions,alicloud,cli,infra}/**/*.ts', 'sandbox/src/**/*.ts'],
      exclude: ['sandbox/src/testing/**'],
      thresholds: { statements: 90, branches: 85, functions: 90, lines: 90 },
      reporter: ['text-summary', 'html'],
    },
    projects: [
      {
        test: {
          ...shared,
          name: 'fast',
          include: ['test/**/*.test.ts', 'sandbox/src/**/*.test.ts'],
          exclude: PROCESSES,
          setupFiles: ['test/support/setup/no-processes.ts'],
        },
      },
      {
        test: {
          ...shared,
          // A thread of a process that holds all of the suite takes 30 ms to begin a process of its own.
          pool: 'forks',
          name: 'processes',
          include: PROCESSES,
          globalSetup: ['test/support/setup/build.ts'],
          // Ends what hangs; a machine that does much else at the same time takes its time.
          testTimeout: 60_000,
        },
      },
    ],
  },
});
