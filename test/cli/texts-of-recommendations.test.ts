/** What the workflow says in English, as a reader of Chinese gets it: from its real sentences. */
import { describe, expect, test } from 'vitest';
import { recommendationOf } from '../../cli/recommendation.ts';
import { en } from '../../cli/texts/en.ts';
import { zh } from '../../cli/texts/zh.ts';
import { conclude } from '../../workflows/onboarding/conclude.ts';
import { observedCoverage } from '../../workflows/onboarding/coverage.ts';
import { recommend } from '../../workflows/onboarding/error-rules.ts';
import { listAccountsInScope } from '../../workflows/onboarding/list-accounts.ts';
import { planRun } from '../../workflows/onboarding/plan.ts';
import {
  createFakeWorld,
  MANAGEMENT_ACCOUNT_ID,
  member,
  START_MS,
} from '../support/workflows/fake-ports.ts';
import {
  A,
  DAY_MS,
  often,
  retryOnce,
  type Situation,
  snapshotOf,
} from '../support/workflows/situations.ts';

/** Of words, more than a name or a code has. */
const ENGLISH = /[a-z]+ [a-z]+ [a-z]+/;

describe('a recommendation without an error code', () => {
  test.each<[string, string, Situation]>([
    ['pending, not in the group', '尚未进入账号组', {}],
    ['pending, being built', '配置记录器的状态为 BUILDING', { status: 'BUILDING' }],
    ['pending, no group to be seen', 'ACCOUNT_GROUP_ID', { group: { value: undefined } }],
    ['pending, started often', '定时任务将于', { history: often(DAY_MS / 2) }],
    ['overdue, not in the group', '为何缺少成员账号', { history: often(2 * DAY_MS) }],
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
        skipReason: 'The status in the resource directory is Removed: not a member.',
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
    expect(recommendationOf(finding, zh)).toBe('在资源目录中的状态为 CreateFailed：不是成员账号。');
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
