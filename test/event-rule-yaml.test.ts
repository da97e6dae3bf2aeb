import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { JOINING_EVENTS } from '../workflows/onboarding/parse-event.ts';
import { evaluate } from './stack-yaml/evaluate.ts';
import { renderProperties } from './stack-yaml/official-validators.ts';

const { Resources } = parse(readFileSync(new URL('../event-rule.yaml', import.meta.url), 'utf8'));
const { Type, Properties } = Resources.AccountEvents;
const properties = evaluate(Properties, true) as Record<string, unknown>;
const [target] = Properties.Targets;

test('it is one rule, and a correct one', () => {
  expect(Object.keys(Resources)).toEqual(['AccountEvents']);
  expect(renderProperties(Type, properties)).toEqual(properties);
});

test('the pattern matches the events that the workflow knows, whatever product they come from', () => {
  const { type, data } = Properties.FilterPattern;
  expect([...data.eventName].sort()).toEqual([...JOINING_EVENTS]);
  expect(type).toEqual([
    { suffix: ':ActionTrail:ApiCall' },
    { suffix: ':ActionTrail:ConsoleOperation' },
  ]);
});

test('the function of s.yaml gets the event as it is, asynchronously', () => {
  expect(target).toMatchObject({
    Type: 'acs.fc.function',
    Endpoint: {
      'Fn::Sub': 'acs:fc:${ALIYUN::Region}:${ALIYUN::TenantId}:functions/onboard-account',
    },
    ParamList: [
      { ResourceKey: 'functionName', Form: 'CONSTANT', Value: 'onboard-account' },
      { ResourceKey: 'Qualifier', Form: 'CONSTANT', Value: 'LATEST' },
      { ResourceKey: 'InvocationType', Form: 'CONSTANT', Value: 'Async' },
      { ResourceKey: 'Body', Form: 'ORIGINAL' },
    ],
  });
});

test('what can not be delivered is tried for a day, then kept in the queue of stack.yaml', () => {
  expect(target).toMatchObject({
    ErrorsTolerance: 'ALL',
    PushRetryStrategy: 'EXPONENTIAL_DECAY_RETRY',
    DeadLetterQueue: {
      Arn: {
        'Fn::Sub':
          'acs:mns:${ALIYUN::Region}:${ALIYUN::TenantId}:/queues/account-onboarding-failures',
      },
    },
  });
});
