import { backfill, type Spoiled } from './spoil.ts';

export const functions: readonly Spoiled[] = [
  [
    'function-backfill',
    'not deployed',
    (world) => {
      delete world.functions.backfill;
    },
    /not deployed/,
  ],
  [
    'function-backfill',
    'failed',
    (world) =>
      Object.assign(backfill(world).settings, { state: 'Failed', stateReason: 'No code.' }),
    /can't be used: No code\./,
  ],
  [
    'function-backfill',
    'its update failed',
    (world) =>
      Object.assign(backfill(world).settings, {
        lastUpdateStatus: 'Failed',
        lastUpdateStatusReason: 'No code.',
      }),
    /last update failed: No code\./,
  ],
  [
    'function-backfill-settings',
    'other values',
    (world) => {
      const { settings, environment } = backfill(world);
      Object.assign(settings, { timeout: 60, memorySize: 1024, role: 'acs:ram::1:role/x' });
      Object.assign(environment, { VERIFY_FOR_SECONDS: '1', SECRET: 'top-secret' });
      delete environment.LOG_STORE;
    },
    /LOG_STORE is missing, and should be results.*VERIFY_FOR_SECONDS is 1, not 660.*SECRET is set/,
  ],
  [
    'function-backfill-settings',
    'other logs',
    (world) => Object.assign(backfill(world).settings, { logConfig: undefined }),
    /logConfig is missing, and should be .*/,
  ],
  [
    'function-backfill-settings',
    'other asynchronous settings',
    (world) => Object.assign(backfill(world).asyncInvokeConfig, { maxAsyncRetryAttempts: 3 }),
    /maxAsyncRetryAttempts is 3, not 0/,
  ],
  [
    'function-backfill-settings',
    'another concurrency',
    (world) => Object.assign(backfill(world), { reservedConcurrency: undefined }),
    /reservedConcurrency is missing, and should be 3/,
  ],
  [
    'function-backfill-code',
    'another, and more of it',
    (world) => {
      Object.assign(backfill(world).code, { 'index.js': 'another', 'more.js': 'more' });
    },
    /it differs from this build index\.js more\.js/,
  ],
  [
    'function-backfill-code',
    'nothing built',
    (world) => {
      world.builtCode = {};
    },
    /there is no build in \.\/dist\/backfill/,
  ],
  [
    'schedule',
    'not there',
    (world) => {
      delete backfill(world).triggers.schedule;
    },
    /there is (no|none)\b/,
  ],
  [
    'schedule',
    'disabled',
    (world) => Object.assign(backfill(world).triggers.schedule?.config ?? {}, { enable: false }),
    /disabled/,
  ],
  [
    'schedule',
    'of another interval',
    (world) =>
      Object.assign(backfill(world).triggers.schedule?.config ?? {}, {
        cronExpression: '@every 1h',
      }),
    /cronExpression is @every 1h, not @every 5m/,
  ],
  [
    'function-onboard-account',
    'not deployed',
    (world) => {
      delete world.functions['onboard-account'];
    },
    /not deployed/,
  ],
  [
    'function-onboard-account-settings',
    'without its failure destination',
    ({ functions }) =>
      Object.assign(functions['onboard-account']?.asyncInvokeConfig ?? {}, {
        destinationConfig: {},
      }),
    /destinationConfig\.onFailure is missing, and should be .*/,
  ],
  [
    'function-onboard-account-code',
    'another',
    ({ functions }) => Object.assign(functions['onboard-account'] ?? {}, { code: {} }),
    /it differs from this build index\.js/,
  ],
];
