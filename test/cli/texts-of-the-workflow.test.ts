/** What the workflow says in English, as a reader of Chinese gets it: from its real sentences. */
import { describe, expect, test } from 'vitest';
import { FunctionFailed } from '../../alicloud/function-compute/function-failed.ts';
import { SETTING_PROBLEMS, SettingsError } from '../../alicloud/settings-error.ts';
import { describeFailure } from '../../cli/describe-failure.ts';
import { en } from '../../cli/texts/en.ts';
import { zh } from '../../cli/texts/zh.ts';
import {
  AccountsFailed,
  InputRejected,
  NoAccountInScope,
  ResultsNotStored,
} from '../../workflows/onboarding/errors.ts';
import { listAccountsInScope } from '../../workflows/onboarding/list-accounts.ts';
import { planRun } from '../../workflows/onboarding/plan.ts';
import {
  cloudError,
  createFakeWorld,
  MANAGEMENT_ACCOUNT_ID,
  member,
} from '../support/workflows/fake-ports.ts';
import {
  A,
  DAY_MS,
  often,
  retryOnce,
  type Situation,
  snapshotOf,
} from '../support/workflows/situations.ts';

const HAN = /\p{Script=Han}/u;

/** Of words, more than a name or a code has. */
const ENGLISH = /[a-z]+ [a-z]+ [a-z]+/;

const refused = { error: cloudError('NoPermission') };

test('why a plan starts the recorder, or does not: each reason has its own in Chinese', () => {
  const off = { value: { organizationStatus: 'REGISTRABLE' } };
  const situations: Situation[] = [
    { status: 'REGISTERED' },
    { status: 'BUILDING' },
    { skipReason: 'It is Removed.' },
    { organization: refused },
    { organization: off },
    { accounts: [] },
    {},
    { group: refused },
    { history: often(DAY_MS / 2) },
  ];
  const said = situations.map((situation) => {
    const snapshot = snapshotOf(situation);
    const plan = planRun(snapshot, 'schedule');
    const count = (step: string) => plan.accounts.filter((one) => one.step === step).length;
    const facts = {
      reason: plan.reason,
      organizationStatus: snapshot.organization.value?.organizationStatus,
      accounts: {
        none: count('none'),
        await: count('await'),
        start: count('start'),
        verify: count('verify'),
        skip: count('skip'),
      },
    };
    expect(en.run.plan.why(facts)).toBe(` ${plan.reason}`);
    const chinese = zh.run.plan.why(facts);
    expect(chinese).toMatch(HAN);
    expect(chinese).not.toMatch(ENGLISH);
    return { english: plan.reason, chinese };
  });
  expect(new Set(said.map(({ english }) => english)).size).toBe(situations.length);
  expect(new Set(said.map(({ chinese }) => chinese)).size).toBe(situations.length);
  expect(said.at(-1)?.chinese).toMatch(/下一次启动的时间为 2026-11-20T\d\d:\d\d:05\.000Z/);
});

describe('what a run ends with', () => {
  const excluded = () => {
    const { ports } = createFakeWorld({ accounts: [member(A)] });
    return ports
      .directory()
      .then((directory) =>
        listAccountsInScope(
          { kind: 'directory', folderId: 'fd-nothing', excludedAccountIds: [A] },
          directory,
          MANAGEMENT_ACCOUNT_ID,
          retryOnce(ports.clock),
        ),
      );
  };

  test('a filter that matches nothing, here and in the function', async () => {
    const error = await excluded().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NoAccountInScope);
    const { message, name } = error as NoAccountInScope;
    const says = `资源目录中没有符合条件的账号，或没有所指定的账号（fd-nothing、${A}）：请更正 --account、--folder 或 --exclude。`;
    expect(describeFailure(error, zh)).toEqual([says]);
    expect(describeFailure(error, en)).toEqual([message]);
    const deployed = new FunctionFailed({
      errorType: 'HandledInvocationError',
      errorName: name,
      message,
    });
    expect(describeFailure(deployed, zh)).toEqual([`函数失败：NoAccountInScope: ${says}`]);
  });

  test.each([AccountsFailed, InputRejected, ResultsNotStored])('%o', (Failed) => {
    const error = new Failed('1 of 2.');
    expect(describeFailure(error, en)).toEqual(['1 of 2.']);
    expect(describeFailure(error, zh)).toEqual([
      expect.stringMatching(/^\p{Script=Han}.*1 of 2\.$/u),
    ]);
  });
});

describe('settings', () => {
  const names = Object.keys(SETTING_PROBLEMS) as (keyof typeof SETTING_PROBLEMS)[];

  test('all at once', () => {
    const problems = names.map((problem) => ({ name: problem.toUpperCase(), problem }));
    const error = new SettingsError({ kind: 'settings', problems, reader: 'operator' });
    const [said = ''] = describeFailure(error, zh);
    expect(said).toMatch(new RegExp(`^${names.length} 项设置有误：`));
    expect(said).not.toMatch(ENGLISH);
    expect(said.split('；')).toHaveLength(names.length);
    expect(describeFailure(error, en)).toEqual([error.message]);
  });

  test.each([
    { kind: 'region' },
    { kind: 'function-credentials' },
    { kind: 'no-credentials', code: 'EntityNotExist.Role' },
    { kind: 'profile-credentials', profile: 'audit' },
    { kind: 'no-configuration', profile: 'audit', path: '/home/x/.aliyun/config.json' },
    { kind: 'not-a-configuration', path: '/home/x/.aliyun/config.json' },
    { kind: 'no-profile', profile: 'audit', path: '/x', profiles: ['default', 'prod'] },
    { kind: 'other-directory', expected: A, ownerId: '1' },
    { kind: 'other-caller', expected: A, callerId: '1' },
  ] as const)('$kind', (fault) => {
    const error = new SettingsError(fault);
    const [said = ''] = describeFailure(error, zh);
    expect(said).toMatch(HAN);
    expect(said).not.toMatch(ENGLISH);
    const { kind, ...facts } = fault;
    for (const fact of Object.values(facts).flat()) {
      expect(said, kind).toContain(fact);
      expect(error.message, kind).toContain(fact);
    }
  });
});
