/** Each check, seen fine and seen failing. */
import { describe, expect, it } from 'vitest';
import { checksOf } from '../../../cli/doctor/all-checks.ts';
import { CHECKED_TYPES } from '../../../cli/doctor/checks/foundations.ts';
import { en } from '../../../cli/texts/en.ts';
import { deploymentOf, examine } from '../../support/cli/doctor-examination.ts';
import { createDoctorWorld } from '../../support/cli/doctor-world.ts';
import { events } from '../../support/cli/spoiled/events.ts';
import { foundations } from '../../support/cli/spoiled/foundations.ts';
import { functions } from '../../support/cli/spoiled/functions.ts';
import { prerequisites } from '../../support/cli/spoiled/prerequisites.ts';
import { backfill, type Spoil, stack } from '../../support/cli/spoiled/spoil.ts';
import { unknown } from '../../support/cli/spoiled/unknown.ts';
import { work } from '../../support/cli/spoiled/work.ts';

/** What each check says when one thing is not as it has to be. */
const WRONG = [...prerequisites, ...foundations, ...functions, ...events, ...work];

async function findingOf(id: string, spoil: Spoil = () => undefined) {
  const world = createDoctorWorld();
  spoil(world);
  const results = await examine(world);
  return results.find(({ check }) => check.id === id)?.finding ?? expect.fail(`no check ${id}`);
}

describe('a deployment that is fine', () => {
  it('passes every check', async () => {
    const results = await examine(createDoctorWorld());
    const notFine = results.filter(({ finding }) => finding.state !== 'ok');
    expect(notFine.map(({ check, finding }) => [check.id, finding])).toEqual([]);
  });

  it.each([
    ['credentials', 'account 1000000000000001 itself'],
    [
      'stack',
      'account-onboarding: CREATE_COMPLETE, RetentionDays=365, ResultStore=Create, AlertActionPolicy=sls.builtin',
    ],
    ['alerts', '4 enabled, sent by the action policy sls.builtin'],
    ['function-role', 'trusts fc.aliyuncs.com, has its policy'],
    ['function-backfill', 'deployed 3 h ago'],
    ['schedule', '@every 5m'],
    ['event-rule', 'enabled, invokes onboard-account asynchronously'],
    ['heartbeat', '2 min ago'],
    ['last-event', '3 d ago'],
  ])('%s says %s', async (id, detail) => {
    expect(await findingOf(id)).toEqual({ state: 'ok', detail });
  });

  it.each<[string, string, Spoil]>([
    [
      'credentials',
      'may be of a user, who has nothing to deploy',
      (world) => {
        world.caller.isAccount = false;
      },
    ],
    [
      'permissions-to-deploy',
      'may be unknown when there is nothing to deploy',
      (world) => {
        world.caller.isAccount = false;
      },
    ],
    [
      'results',
      'keep as long as the parameter says',
      (world) => {
        stack(world).parameters.RetentionDays = '730';
        world.logstores.results = { retentionDays: 730 };
      },
    ],
    [
      'results',
      'are as they are when the stack has not made them',
      (world) => {
        stack(world).parameters.ResultStore = 'Existing';
        world.logstores.results = { retentionDays: 7 };
      },
    ],
    [
      'alerts',
      'go where the parameter says',
      (world) => {
        stack(world).parameters.AlertActionPolicy = 'ops';
        world.alerts = world.alerts.map((alert) => ({ ...alert, actionPolicyId: 'ops' }));
      },
    ],
    [
      'stack-template',
      'comes back as JSON',
      (world) => {
        const one = stack(world, 'account-onboarding-events');
        const json = JSON.stringify(JSON.parse(JSON.stringify(one)).template);
        Object.assign(one, { template: JSON.parse(json) });
      },
    ],
    [
      'function-backfill-settings',
      'may have an empty variable, and a role in lower case',
      (world) => {
        const { settings, environment } = backfill(world);
        Object.assign(environment, { NOTHING: '' });
        Object.assign(settings, { role: String(settings.role).toUpperCase() });
      },
    ],
  ])('%s %s', async (id, _, spoil) => {
    expect(await findingOf(id, spoil)).toMatchObject({ state: 'ok' });
  });
});

describe('what is wrong is seen, and what to do is said', () => {
  it.each(WRONG)('%s: %s', async (id, _, spoil, says) => {
    const finding = await findingOf(id, spoil);
    if (finding.state !== 'wrong') return expect(finding).toMatchObject({ state: 'wrong' });
    expect([finding.detail, ...finding.differences].join(' ')).toMatch(says);
    expect(finding.remedy).toMatch(/^[A-Z].*\.$/);
    expect(JSON.stringify(finding)).not.toContain('top-secret');
  });

  it('for every check that there is', async () => {
    const checks = checksOf(await deploymentOf(createDoctorWorld()));
    const spoiled = new Set([...WRONG, ...unknown].map(([id]) => id));
    expect(checks.map(({ id }) => id).filter((id) => !spoiled.has(id))).toEqual([]);
  });
});

describe('what can not be said is said to be unknown', () => {
  it.each(unknown)('%s: %s', async (id, _, spoil, says) => {
    const finding = await findingOf(id, spoil);
    if (finding.state !== 'unknown') return expect(finding).toMatchObject({ state: 'unknown' });
    expect(`${finding.detail} ${finding.remedy}`).toMatch(says);
  });
});

describe('the list of checks', () => {
  it('has an id of its own for each, and needs only what comes before', async () => {
    const checks = checksOf(await deploymentOf(createDoctorWorld()));
    const ids = checks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    checks.forEach(({ needs }, at) => {
      for (const need of needs) expect(ids.slice(0, at)).toContain(need);
    });
  });

  it('has each group in one piece', async () => {
    const groups = checksOf(await deploymentOf(createDoctorWorld())).map(({ group }) => group);
    const changes = groups.filter((group, at) => group !== groups[at - 1]);
    expect(changes).toEqual(Object.keys(en.doctor.groups));
  });

  it('has a title for every resource', async () => {
    const { foundations } = await deploymentOf(createDoctorWorld());
    const logicalIds = Object.entries(foundations.resources)
      .filter(([, { type }]) => type !== 'ALIYUN::SLS::Alert')
      .map(([logicalId]) => logicalId);
    expect(Object.keys(en.doctor.titles.resources).sort()).toEqual(logicalIds.sort());
  });

  it('looks at every type of resource that the stack of foundations has', async () => {
    const { foundations } = await deploymentOf(createDoctorWorld());
    const types = Object.values(foundations.resources).map(({ type }) => type);
    expect([...new Set(types)].filter((type) => !CHECKED_TYPES.includes(type))).toEqual([]);
  });
});
