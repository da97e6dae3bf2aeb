/** What docs/permissions.md asks for is enough, and each of it is needed: without it, it is named. */
import { expect, test, vi } from 'vitest';
import { DEPLOYER_PERMISSIONS, type PermissionStage } from '../../scripts/deploy/permissions.ts';
import { makeOlder } from '../support/deploy/older-version.ts';
import { type DeployWorld, type Done, startDeployWorld } from '../support/deploy/world.ts';

const ALL = DEPLOYER_PERMISSIONS.flatMap(({ actions }) => actions);

const TIMEOUT_MS = 240_000;

/** The same user, who may do all that is documented but this. */
function without({ sandbox }: DeployWorld, ...missing: readonly string[]) {
  return sandbox.world.identities.createUser(sandbox.managementAccountId, 'deployer', {
    Version: '1',
    Statement: [
      {
        Effect: 'Allow',
        Action: ALL.filter((action) => !missing.includes(action)),
        Resource: '*',
      },
    ],
  });
}

interface Row {
  readonly action: string;
  readonly fails: boolean;
  readonly isNamed: boolean;
}

/** Tried one after the other, in one world: each goes on from where the one before it stopped. */
async function missingOneByOne(
  world: DeployWorld,
  actions: readonly string[],
  run: (credentials: ReturnType<typeof without>) => Promise<Done>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const action of actions) {
    // A plan is named by its time.
    await world.clock.sleep(1_000);
    const { code, text } = await run(without(world, action));
    const said = code === 0 ? '' : text;
    rows.push({ action, fails: code !== 0, isNamed: new RegExp(`${action}\\b`).test(said) });
  }
  return rows;
}

const failing = (actions: readonly string[]): Row[] =>
  actions.map((action) => ({ action, fails: true, isNamed: true }));

const of = (...stages: readonly PermissionStage[]) =>
  DEPLOYER_PERMISSIONS.filter((row) => stages.some((stage) => row.stages.includes(stage))).flatMap(
    ({ actions }) => actions,
  );

const OF_REMOVAL = [
  'eventbridge:DeleteRule',
  'fc:DeleteFunction',
  'ros:DeleteStack',
  'ros:ListStackEvents',
];
/** Serverless Devs asks for them, and says nothing when they are refused; with a function they go, too. */
const SPARED_BY_REMOVAL = of('removal').filter(
  (action) => action.startsWith('fc:') && !OF_REMOVAL.includes(action),
);

/** Not asked for where all is there, whatever of it changes. */
const OF_CREATION = [
  'ros:DeleteStack',
  'ram:CreateServiceLinkedRole',
  'log:CreateProject',
  'log:CreateLogStore',
  'log:CreateIndex',
  'log:CreateDashboard',
  'log:CreateJob',
  'mns:CreateQueue',
  'fnf:CreateFlow',
  'ram:CreateRole',
];

/** Asked for by an upgrade; and what was deleted before. */
const isLater = (action: string) => /:(Update|Set|DeleteStack)/.test(action);

test('a deployment, from nothing to its removal', { timeout: TIMEOUT_MS }, async () => {
  const world = await startDeployWorld();
  const everything = () => without(world);

  // An empty stack is left by who may plan and not delete: this one comes before the others.
  const [plan] = await missingOneByOne(world, ['ros:DeleteStack'], world.deploy);
  expect(plan).toEqual({ action: 'ros:DeleteStack', fails: true, isNamed: true });

  // Roles that services make for themselves come first; once there, nobody asks for them.
  const first = ['ram:CreateServiceLinkedRole'];
  const creations = of('foundations', 'functions', 'event path').filter(
    (action) => !isLater(action) && ![...first, ...of('look')].includes(action),
  );
  const all = [...first, ...creations];
  expect(await missingOneByOne(world, all, world.deploy)).toEqual(failing(all));
  expect(await world.deploy(everything())).toMatchObject({ code: 0 });

  const looks = of('look');
  expect(await missingOneByOne(world, looks, world.deploy)).toEqual(failing(looks));

  const ofFunctions = ['fc:UpdateFunction', 'fc:UpdateTrigger'];
  vi.stubEnv('OVERDUE_AFTER_SECONDS', '7200');
  expect(await missingOneByOne(world, ofFunctions, world.deploy)).toEqual(failing(ofFunctions));
  expect(await world.deploy(everything())).toMatchObject({ code: 0 });

  for (const action of [...OF_REMOVAL, ...SPARED_BY_REMOVAL]) {
    const isSpared = SPARED_BY_REMOVAL.includes(action);
    const expected = isSpared ? [{ action, fails: false, isNamed: false }] : failing([action]);
    expect(await missingOneByOne(world, [action], world.remove)).toEqual(expected);
    if (isSpared) expect(world.sandbox.functionCompute.functionNames()).toEqual([]);
    expect(await world.deploy(everything())).toMatchObject({ code: 0 });
  }
  expect(await world.remove(everything())).toMatchObject({ code: 0 });

  const rest = of('removal').filter((action) => !/^(eventbridge|fc):/.test(action));
  rest.push('ros:DeleteStack', 'ros:ListStackEvents');
  const removeStack = (credentials: ReturnType<typeof without>) =>
    world
      .onboardAs(credentials, 'setup', '--remove', '--dry-run')
      .then((dry) => (dry.code === 0 ? world.onboardAs(credentials, 'setup', '--remove') : dry));
  expect(await missingOneByOne(world, rest, removeStack)).toEqual(failing(rest));
  expect(await removeStack(everything())).toMatchObject({ code: 0 });
});

test('an upgrade of the stacks', { timeout: TIMEOUT_MS }, async () => {
  const world = await startDeployWorld();
  const everything = () => without(world);
  expect(await world.deploy(everything())).toMatchObject({ code: 0 });

  await makeOlder(world);
  const ofStacks = of('foundations').filter((action) => !OF_CREATION.includes(action));
  const ofRule = ['eventbridge:UpdateRule'];
  const ofFoundations = ofStacks.filter((action) => !ofRule.includes(action));
  expect(await missingOneByOne(world, ofFoundations, world.deploy)).toEqual(failing(ofFoundations));
  expect(await missingOneByOne(world, ofRule, world.deploy)).toEqual(failing(ofRule));
  expect(await world.deploy(everything())).toMatchObject({ code: 0 });
});
