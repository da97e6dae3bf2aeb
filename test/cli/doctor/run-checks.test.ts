/** In which order checks are made, what they wait for, and how long. */
import { describe, expect, it } from 'vitest';
import { type Check, type Finding, missing, ok, unknown } from '../../../cli/doctor/check.ts';
import { type CheckLimits, runChecks } from '../../../cli/doctor/run-checks.ts';
import { en } from '../../../cli/texts/en.ts';
import { NO_ANSWER } from '../../../workflows/onboarding/errors.ts';
import { deploymentOf, examine, inspectionOf } from '../../support/cli/doctor-examination.ts';
import { createDoctorWorld, NOW_MS, REGION, refusal } from '../../support/cli/doctor-world.ts';

const never = new Promise<never>(() => undefined);

function check(
  id: string,
  needs: string[],
  run: Check['run'],
  group: Check['group'] = 'work',
): Check {
  return { id, group, needs, title: () => id.toUpperCase(), run };
}

async function run(
  checks: readonly Check[],
  limits: CheckLimits = { checkMs: 1_000, totalMs: 2_000 },
  onProgress?: (made: number) => void,
): Promise<Readonly<Record<string, Finding>>> {
  const world = createDoctorWorld();
  const context = {
    inspection: inspectionOf(world),
    deployment: await deploymentOf(world),
    texts: en,
    region: REGION,
    expectedAccountId: undefined,
    nowMs: NOW_MS,
  };
  const results = await runChecks(checks, context, limits, onProgress);
  return Object.fromEntries(results.map((one) => [one.check.id, one.finding]));
}

describe('what a check needs', () => {
  it('is made first, and once', async () => {
    const order: string[] = [];
    const note = (id: string) => async () => {
      order.push(id);
      return ok(id);
    };
    await run([
      check('a', [], note('a')),
      check('b', ['a'], note('b')),
      check('c', ['a', 'b'], note('c')),
    ]);
    expect(order).toEqual(['a', 'b', 'c']);
  });

  it('is named when it is missing, and so is the first cause behind it', async () => {
    const findings = await run([
      check('a', [], async () => missing('none', 'Make it.')),
      check('b', ['a'], async () => expect.fail('made')),
      check('c', ['b'], async () => expect.fail('made')),
    ]);
    expect(findings.b).toEqual(unknown('not checked: see ✗ A', undefined, 'a'));
    expect(findings.c).toEqual(unknown('not checked: see ✗ A', undefined, 'a'));
  });

  it('can be unknown', async () => {
    const findings = await run([
      check('a', [], async () => unknown('no idea')),
      check('b', ['a'], async () => expect.fail('made')),
    ]);
    expect(findings.b).toEqual(unknown('not checked: see ? A', undefined, 'a'));
  });

  it('may be amiss, as long as it is there', async () => {
    const findings = await run([
      check('a', [], async () => ({
        state: 'wrong',
        detail: 'another',
        differences: [],
        remedy: 'Mend it.',
        isThere: true,
      })),
      check('b', ['a'], async () => ok('made')),
    ]);
    expect(findings.b).toEqual(ok('made'));
  });

  it('has to be a check', async () => {
    await expect(run([check('a', ['nothing'], async () => ok(''))])).rejects.toThrow(
      'There is no check nothing.',
    );
  });
});

describe('time', () => {
  it('is what one check has', async () => {
    const findings = await run(
      [
        check('a', [], () => never),
        check('b', [], async () => ok('made')),
        check('c', ['a'], async () => expect.fail('made')),
      ],
      { checkMs: 30, totalMs: 2_000 },
    );
    expect(findings.a).toMatchObject({ state: 'unknown', detail: 'no answer within 0 s' });
    expect(findings.b).toEqual(ok('made'));
    expect(findings.c).toMatchObject({ because: 'a' });
  });

  it('is what all of them have, however one waits for the other', async () => {
    const slow = (id: string, needs: string[]) =>
      check(id, needs, () => new Promise((resolve) => setTimeout(() => resolve(ok(id)), 60)));
    const begun = performance.now();
    const findings = await run(
      [slow('a', []), slow('b', ['a']), slow('c', ['b']), slow('d', ['c'])],
      { checkMs: 100, totalMs: 150 },
    );
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(findings.a).toEqual(ok('a'));
    expect(findings.d).toMatchObject({ state: 'unknown' });
  });

  it('is not taken by all when a service hangs', async () => {
    const world = createDoctorWorld();
    world.failing = { function: 'hangs', stack: 'hangs' };
    const results = await examine(world, { checkMs: 100, totalMs: 300 });
    const states = Object.fromEntries(results.map((one) => [one.check.id, one.finding.state]));
    expect(states).toMatchObject({
      credentials: 'ok',
      'function-compute': 'unknown',
      'resource-orchestration': 'unknown',
      'function-backfill': 'unknown',
      'event-source-role': 'ok',
      eventbridge: 'ok',
    });
  });

  it('leaves no timer behind', async () => {
    const before = process.getActiveResourcesInfo().filter((one) => one === 'Timeout').length;
    await run([check('a', [], async () => ok('a'))], { checkMs: 60_000, totalMs: 60_000 });
    const after = process.getActiveResourcesInfo().filter((one) => one === 'Timeout').length;
    expect(after).toBeLessThanOrEqual(before);
  });
});

describe('what can not be read', () => {
  it.each([
    ['AccessDenied', 'GetFunction', /refused: AccessDenied.*Allow fc:GetFunction to/],
    ['Forbidden.RAM', 'GetRule', /Allow eventbridge:GetRule to/],
    ['NoPermission', 'GetRole', /Allow ram:GetRole to/],
    ['Unauthorized', 'ListAlerts', /Allow log:ListAlerts to/],
    ['Forbidden', 'ListStacks', /Allow ros:ListStacks to/],
    ['NoPermission', 'DescribeConfigurationRecorder', /Allow config:DescribeConfigurationRecorder/],
    [NO_ANSWER, 'GetQueueAttributes', /GetQueueAttributes: No\. Check the network/],
    ['LogStoreNotExist', 'GetLogs', /LogStoreNotExist.*again in a few minutes/],
    ['Throttling.User', 'GetRole', /Throttling\.User.*again in a minute/],
    ['Strange', 'GetRole', /GetRole failed: Strange: No\. Look up Strange/],
  ])('%s of %s', async (code, operation, says) => {
    const { a } = await run([check('a', [], () => Promise.reject(refusal(operation, code)))]);
    if (a?.state !== 'unknown') return expect(a).toMatchObject({ state: 'unknown' });
    expect(`${a.detail} ${a.remedy}`).toMatch(says);
  });

  it('because of the credentials is wrong', async () => {
    const { a } = await run([
      check('a', [], () => Promise.reject(refusal('GetRole', 'InvalidSecurityToken.Expired'))),
    ]);
    expect(a).toMatchObject({ state: 'wrong', isThere: false });
  });

  it('is no mistake of ours', async () => {
    const mistake = check('a', [], () => Promise.reject(new TypeError('a mistake')));
    await expect(run([mistake])).rejects.toThrow('a mistake');
  });
});

it('a check can ask what others came to', async () => {
  const findings = await run([
    check('a', [], async () => missing('none', 'Make it.'), 'functions'),
    check('b', [], async ({ findingsOf }) => {
      const [a] = await findingsOf(['functions']);
      return ok(a?.state ?? '');
    }),
  ]);
  expect(findings.b).toEqual(ok('wrong'));
});

it('says how far it is', async () => {
  const progress: number[] = [];
  await run(
    [check('a', [], async () => ok('a')), check('b', ['a'], async () => ok('b'))],
    undefined,
    (made) => progress.push(made),
  );
  expect(progress).toEqual([1, 2]);
});
