import * as sdk from '@alicloud/fc20230330';
import { describe, expect, inject, test } from 'vitest';
import { parseSettings, SETTING_NAMES } from '../alicloud/settings.ts';
import { backoffMs } from '../workflows/onboarding/retry.ts';
import { problemsAgainstModel, type SdkModel } from './support/adapters/sdk-model.ts';

type Json = Record<string, unknown>;

/** What the fc3 component takes beside a function's own properties, and the model of each. */
const BESIDE_THE_FUNCTION: Readonly<Record<string, SdkModel | undefined>> = {
  asyncInvokeConfig: sdk.PutAsyncInvokeConfigInput,
  concurrencyConfig: sdk.PutConcurrencyInput,
  code: undefined,
  region: undefined,
  triggers: undefined,
};
const TRIGGER_CONFIGS: Readonly<Record<string, SdkModel>> = {
  timer: sdk.TimerTriggerConfig,
};

const { resources } = inject('renderedServerlessDevs') as { resources: Record<string, Json> };

function problemsOf(name: string, resource: Json): string[] {
  const { component, actions, props, ...unknown } = resource;
  const properties = props as Json;
  const path = `${name}.props`;
  const own = Object.fromEntries(
    Object.entries(properties).filter(([key]) => !(key in BESIDE_THE_FUNCTION)),
  );
  return [
    ...Object.keys(unknown).map((key) => `${name}.${key}: is not known`),
    ...problemsAgainstModel(own, sdk.CreateFunctionInput, path),
    ...Object.entries(BESIDE_THE_FUNCTION).flatMap(([key, model]) => {
      const { qualifier, ...config } = (properties[key] ?? {}) as Json;
      return model === undefined ? [] : problemsAgainstModel(config, model, `${path}.${key}`);
    }),
    ...triggersOf(resource).flatMap((trigger, index) =>
      problemsOfTrigger(trigger, `${path}.triggers[${index}]`),
    ),
  ];
}

function problemsOfTrigger({ triggerConfig, ...trigger }: Json, path: string): string[] {
  const model = TRIGGER_CONFIGS[String(trigger.triggerType)];
  return [
    ...problemsAgainstModel(trigger, sdk.CreateTriggerInput, path),
    ...(model === undefined
      ? [`${path}.triggerType: ${trigger.triggerType} is not known`]
      : problemsAgainstModel(triggerConfig, model, `${path}.triggerConfig`)),
  ];
}

function triggersOf(resource: Json): Json[] {
  return ((resource.props as Json).triggers ?? []) as Json[];
}

function lastTriggerConfig(props: unknown): Json {
  const triggers = (props as { triggers?: { triggerConfig: Json }[] } | undefined)?.triggers;
  return triggers?.at(-1)?.triggerConfig ?? {};
}

const everyProps = () => Object.values(resources).map(({ props }) => props as Json);

test('every key and every type is one that the service knows', () => {
  const problems = Object.entries(resources).flatMap(([name, one]) => problemsOf(name, one));
  expect(problems).toEqual([]);
});

describe('the check sees a typo', () => {
  test.each([
    ['timeOut', (props: Json) => Object.assign(props, { timeOut: 3 })],
    [
      'logStoreName',
      (props: Json) => Object.assign(props.logConfig as Json, { logStoreName: 'x' }),
    ],
    [
      'destination',
      (props: Json) =>
        Object.assign(props.asyncInvokeConfig as Json, {
          destinationConfig: { onFailure: { destinations: 'x' } },
        }),
    ],
    [
      'cronExpresion',
      (props: Json) => Object.assign(lastTriggerConfig(props), { cronExpresion: '@every 5m' }),
    ],
    [
      'LOG_PROJECT',
      (props: Json) => Object.assign(props.environmentVariables as Json, { LOG_PROJECT: 1 }),
    ],
  ])('%s', (name, spoil) => {
    const spoiled = structuredClone(resources.backfill ?? {});
    spoil(spoiled.props as Json);
    expect(problemsOf('backfill', spoiled).join()).toContain(name);
  });
});

describe('the traps of the fc3 component', () => {
  test('no event trigger: Serverless Devs can not create one for a cloud service', () => {
    const triggers = Object.values(resources).flatMap(triggersOf);
    expect(triggers.map(({ triggerType }) => triggerType)).toEqual(['timer']);
  });

  test('events are invoked asynchronously, tried again, and kept when that fails', () => {
    expect(resources['onboard-account']?.props).toMatchObject({
      asyncInvokeConfig: { maxAsyncRetryAttempts: 3, destinationConfig: { onFailure: {} } },
    });
  });

  test('the guarantee first: the schedule is deployed before what may be refused', () => {
    expect(Object.keys(resources)).toEqual(['backfill', 'onboard-account']);
    expect(triggersOf(resources.backfill ?? {})).toMatchObject([
      { triggerName: 'schedule', triggerConfig: { cronExpression: '@every 5m', enable: true } },
    ]);
  });

  test('the component is of one version', () => {
    for (const { component } of Object.values(resources)) {
      expect(component).toMatch(/^fc3@\d+\.\d+\.\d+$/);
    }
  });

  test('roles are full ARNs in lower case', () => {
    for (const { role } of everyProps()) expect(role).toMatch(/^acs:ram::\d{16}:role\/[a-z-]+$/);
  });

  test('memory comes in steps of 64 MB, and asynchronous configuration has its qualifier', () => {
    for (const props of everyProps()) {
      expect(Number(props.memorySize) % 64).toBe(0);
      expect(props.asyncInvokeConfig).toMatchObject({ qualifier: 'LATEST' });
    }
  });
});

describe('what the functions read', () => {
  test('every environment variable is a setting', () => {
    for (const { environmentVariables } of everyProps()) {
      const names = Object.keys(environmentVariables as Json);
      expect(names.filter((name) => !SETTING_NAMES.includes(name))).toEqual([]);
    }
  });

  test('a run that verifies as long as it may has time left to start and to record', () => {
    for (const { timeout, environmentVariables } of everyProps()) {
      const verifyForSeconds = Number((environmentVariables as Json).VERIFY_FOR_SECONDS);
      expect(Number(timeout) - verifyForSeconds).toBeGreaterThanOrEqual(60);
    }
  });

  test('as many invocations as may run at once stay below the quota of GetAggregator', () => {
    const atOnce = everyProps()
      .map(({ concurrencyConfig }) => Number((concurrencyConfig as Json).reservedConcurrency))
      .reduce((sum, one) => sum + one, 0);
    // The waits of one invocation's looks, on average half of their bounds.
    const { poll } = parseSettings(
      { LOG_PROJECT: 'audit', LOG_STORE: 'results' },
      'cn-hangzhou',
    ).onboarding;
    let looksInAMinute = 0;
    for (let atMs = 0; atMs < 60_000; looksInAMinute += 1) {
      atMs += backoffMs(poll, looksInAMinute + 1, () => 0.5);
    }
    expect(atOnce * looksInAMinute).toBeLessThan(500);
  });
});
