/** What the workflow says in English, as a reader of Chinese gets it: from its real sentences. */
import { describe, expect, test } from 'vitest';
import { FunctionFailed } from '../../alicloud/function-compute/function-failed.ts';
import { SETTING_PROBLEMS, SettingsError } from '../../alicloud/settings-error.ts';
import { describeFailure } from '../../cli/describe-failure.ts';
import { recommendationOf } from '../../cli/recommendation.ts';
import { en } from '../../cli/texts/en.ts';
import { zh } from '../../cli/texts/zh.ts';
import { conclude } from '../../workflows/onboarding/conclude.ts';
import { observedCoverage } from '../../workflows/onboarding/coverage.ts';
import { recommend } from '../../workflows/onboarding/error-rules.ts';
import {
  AccountsFailed,
  InputRejected,
  NoAccountInScope,
  ResultsNotStored,
} from '../../workflows/onboarding/errors.ts';
import { listAccountsInScope } from '../../workflows/onboarding/list-accounts.ts';
import type {
  Account,
  GroupReading,
  OrganizationReading,
  Reading,
  Snapshot,
} from '../../workflows/onboarding/model.ts';
import { planRun } from '../../workflows/onboarding/plan.ts';
import {
  cloudError,
  createFakeWorld,
  groupOf,
  MANAGEMENT_ACCOUNT_ID,
  member,
  NO_HISTORY,
  openSince,
  START_MS,
} from '../support/workflows/fake-ports.ts';

const HAN = /\p{Script=Han}/u;
/** Of words, more than a name or a code has. */
const ENGLISH = /[a-z]+ [a-z]+ [a-z]+/;
const DAY_MS = 86_400_000;
const A = '1000000000000004';
const refused = { error: cloudError('NoPermission') };

interface Situation {
  readonly status?: string;
  readonly group?: Reading<GroupReading | undefined>;
  readonly organization?: Reading<OrganizationReading>;
  readonly history?: Snapshot['history'];
  readonly skipReason?: string;
  readonly accounts?: readonly Account[];
}

function snapshotOf({
  status,
  group = { value: groupOf(status === undefined ? {} : { [A]: status }) },
  organization = { value: { organizationStatus: 'REGISTERED' } },
  history = { value: NO_HISTORY },
  skipReason,
  accounts = [{ accountId: A, skipReason }],
}: Situation): Snapshot {
  return { takenAtMs: START_MS, organization, group, history, accounts };
}

/** Started again and again since it is open. */
const often = (openMs: number) => ({
  value: {
    ...openSince({ [A]: START_MS - openMs }),
    startsMs: Array.from({ length: 5 }, (_, index) => START_MS - index * 60_000),
  },
});

describe('a recommendation without an error code', () => {
  test.each<[string, string, Situation]>([
    ['pending, not in the group', '尚未进入账号组', {}],
    ['pending, being built', '配置记录器为 BUILDING', { status: 'BUILDING' }],
    ['pending, no group to be seen', 'ACCOUNT_GROUP_ID', { group: { value: undefined } }],
    ['pending, started often', '定时任务将于', { history: often(DAY_MS / 2) }],
    ['overdue, not in the group', '为何不在其中', { history: often(2 * DAY_MS) }],
    [
      'overdue, no group to be seen',
      'ACCOUNT_GROUP_ID',
      {
        group: { value: undefined },
        history: often(2 * DAY_MS),
      },
    ],
    [
      'overdue, registrable',
      '一直为 REGISTRABLE',
      {
        status: 'REGISTRABLE',
        history: often(2 * DAY_MS),
      },
    ],
    [
      'skipped',
      '状态为 Removed',
      {
        skipReason: 'Its status in the resource directory is Removed: it is no member.',
      },
    ],
  ])('%s', (outcome, says, situation) => {
    const snapshot = snapshotOf(situation);
    const plan = planRun(snapshot, 'schedule');
    const [result] = conclude({
      snapshot,
      plan,
      start: { attempts: 0 },
      coverage: observedCoverage(snapshot, plan),
      organization: snapshot.organization.value,
      startedAtMs: START_MS,
      endedAtMs: START_MS + 5_000,
      overdueAfterMs: DAY_MS,
    });
    expect(result?.outcome).toBe(outcome.split(',')[0]);
    const finding = {
      outcome: result?.outcome ?? '',
      recorderStatus: result?.evidence?.recorderStatus,
      recommendation: result?.recommendation,
    };
    const shown = recommendationOf(finding, zh);
    expect(shown).toContain(says);
    expect(shown).not.toMatch(ENGLISH);
    expect(recommendationOf(finding, en)).toBe(finding.recommendation);
  });

  test('the reason to skip is the directory’s', async () => {
    const { ports } = createFakeWorld({ accounts: [member(A, { status: 'CreateFailed' })] });
    const scope = { kind: 'directory', excludedAccountIds: [] } as const;
    const [account] = await listAccountsInScope(
      scope,
      await ports.directory(),
      MANAGEMENT_ACCOUNT_ID,
      retryOnce(ports.clock),
    );
    const finding = { outcome: 'skipped', recommendation: account?.skipReason };
    expect(recommendationOf(finding, zh)).toBe(
      '它在资源目录中的状态为 CreateFailed：不是成员账号。',
    );
  });
});

test.each([
  [400, '请在文档中查找错误码 Strange.Code'],
  [503, '下一次运行会重试'],
])('a recommendation of an unknown code, by its status: %i', (statusCode, says) => {
  const error = { operation: 'GetAggregator', code: 'Strange.Code', message: 'No.', statusCode };
  const finding = { outcome: 'failed', errorCode: error.code, recommendation: recommend(error) };
  expect(recommendationOf(finding, zh)).toContain(says);
});

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

function retryOnce(clock: ReturnType<typeof createFakeWorld>['ports']['clock']) {
  return { policies: {} as never, clock, random: () => 0, deadlineMs: Number.MAX_SAFE_INTEGER };
}
