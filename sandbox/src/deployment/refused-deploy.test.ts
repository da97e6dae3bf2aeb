import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deploymentOfEachTest } from '../testing/function-deployment.ts';
import { REGION } from '../testing/function-world.ts';
import { DeploymentError, deploy } from './deploy.ts';

const { fixture, rendered } = deploymentOfEachTest();

/** The rendered sample with one property changed; `undefined` takes it away. */
function changed(path: string, value: unknown): unknown {
  const file = rendered();
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce((node, key) => node[key], file);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return file;
}

async function problemsOf(file: unknown): Promise<readonly string[]> {
  const failure = await deploy(file, fixture.deployOptions).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(failure instanceof DeploymentError)) throw new Error(`not refused: ${String(failure)}`);
  return failure.problems;
}

const LOOK = 'resources.look.props';
const SWEEP = 'resources.sweep.props';
const TRIGGER = `${SWEEP}.triggers.0`;
const TIMER = `${TRIGGER}.triggerConfig`;
const NOT_MODELLED = 'not modelled by the sandbox';

describe('deploy refuses', () => {
  it.each<[string, unknown, string]>([
    ['template', {}, `template: ${NOT_MODELLED}`],
    ['edition', '1.0.0', 'edition: "1.0.0" is'],
    ['resources.look.component', 'fc', 'resources.look.component: "fc" is'],
    ['resources.look.extend', {}, `resources.look.extend: ${NOT_MODELLED}`],
    [
      'resources.look.actions.post-deploy',
      [],
      `resources.look.actions.post-deploy: ${NOT_MODELLED}`,
    ],
    [
      'resources.look.actions.pre-deploy',
      [{ run: 'x', plugin: 'y' }],
      'resources.look.actions.pre-deploy[0].plugin',
    ],
    [`${LOOK}.vpcConfig`, { vpcId: 'vpc-1' }, `${LOOK}.vpcConfig: ${NOT_MODELLED}`],
    [
      `${LOOK}.instanceLifecycleConfig`,
      { preStop: { handler: 'index.stop' } },
      `${LOOK}.instanceLifecycleConfig: ${NOT_MODELLED}`,
    ],
    [
      `${LOOK}.region`,
      'cn-beijing',
      `${LOOK}.region: "cn-beijing" is ${NOT_MODELLED}, ${REGION} is`,
    ],
    [`${LOOK}.functionName`, undefined, `${LOOK}.functionName: is required`],
    [`${LOOK}.functionName`, 'sweep', "resources: more than one function is called 'sweep'"],
    [`${LOOK}.runtime`, 'nodejs18', `${LOOK}.runtime: 'nodejs18'`],
    [`${LOOK}.handler`, 'main.handler', `${LOOK}.handler: 'main.handler' needs main.js`],
    [`${LOOK}.code`, './nowhere', `${LOOK}.code: no folder at`],
    [`${LOOK}.code`, { ossBucketName: 'x' }, `${LOOK}.code: text is expected`],
    [`${LOOK}.memorySize`, 500, `${LOOK}.memorySize: 128`],
    [`${LOOK}.memorySize`, '512', `${LOOK}.memorySize: a number is expected`],
    [`${LOOK}.cpu`, 2, `${LOOK}.cpu: a multiple`],
    [`${LOOK}.diskSize`, 1024, `${LOOK}.diskSize: 1024 is`],
    [`${LOOK}.timeout`, 100_000, `${LOOK}.timeout: a whole number`],
    [`${LOOK}.instanceConcurrency`, 2, `${LOOK}.instanceConcurrency: 2 is`],
    [`${LOOK}.internetAccess`, false, `${LOOK}.internetAccess: false is`],
    [`${LOOK}.role`, 'auto', `${LOOK}.role: 'auto' is not a full ARN`],
    [`${LOOK}.role`, 'acs:ram::1000000000000001:role/Onboarding', `${LOOK}.role: `],
    [`${LOOK}.role`, 'acs:ram::1000000000000001:role/nobody', `${LOOK}.role: there is no role`],
    [
      `${LOOK}.environmentVariables.COUNT`,
      5,
      `${LOOK}.environmentVariables.COUNT: text is expected`,
    ],
    [
      `${LOOK}.environmentVariables.FC_X`,
      'x',
      `${LOOK}.environmentVariables.FC_X: FC_ is reserved`,
    ],
    [`${LOOK}.logConfig`, 'auto', `${LOOK}.logConfig: an object is expected`],
    [
      `${LOOK}.logConfig.enableRequestMetrics`,
      true,
      `${LOOK}.logConfig.enableRequestMetrics: true`,
    ],
    [`${LOOK}.logConfig.topic`, 'x', `${LOOK}.logConfig.topic: ${NOT_MODELLED}`],
    [
      `${LOOK}.concurrencyConfig.reservedConcurrency`,
      -1,
      `${LOOK}.concurrencyConfig.reservedConcurrency:`,
    ],
    [
      `${LOOK}.asyncInvokeConfig.qualifier`,
      undefined,
      `${LOOK}.asyncInvokeConfig.qualifier: is required`,
    ],
    [
      `${LOOK}.asyncInvokeConfig.maxAsyncRetryAttempts`,
      9,
      `${LOOK}.asyncInvokeConfig.maxAsyncRetryAttempts:`,
    ],
    [
      `${LOOK}.asyncInvokeConfig.destinationConfig.onSuccess`,
      {},
      `${LOOK}.asyncInvokeConfig.destinationConfig.onSuccess: ${NOT_MODELLED}`,
    ],
    [
      `${LOOK}.asyncInvokeConfig.destinationConfig.onFailure.destination`,
      'acs:fc:x',
      `${LOOK}.asyncInvokeConfig.destinationConfig.onFailure.destination:`,
    ],
    [`${TRIGGER}.triggerType`, 'oss', `${SWEEP}.triggers[0].triggerType: 'oss' is ${NOT_MODELLED}`],
    [
      `${TRIGGER}.triggerType`,
      'eventbridge',
      `${SWEEP}.triggers[0].triggerType: Serverless Devs can not create event triggers`,
    ],
    [`${TRIGGER}.sourceArn`, 'x', `${SWEEP}.triggers[0].sourceArn: ${NOT_MODELLED}`],
    [`${TRIGGER}.invocationRole`, 'x', `${SWEEP}.triggers[0].invocationRole: ${NOT_MODELLED}`],
    [`${TIMER}.filter`, 'x', `${SWEEP}.triggers[0].triggerConfig.filter: ${NOT_MODELLED}`],
    [
      `${TIMER}.cronExpresion`,
      'x',
      `resources.sweep.props.triggers[0].triggerConfig.cronExpresion: ${NOT_MODELLED}`,
    ],
    [`${TIMER}.cronExpression`, '*/5 * * * *', 'triggerConfig.cronExpression: '],
    [`${TIMER}.enable`, undefined, 'triggerConfig.enable: is required'],
  ])('%s = %j', async (path, value, expected) => {
    const problems = await problemsOf(changed(path, value));
    expect(problems.join('\n')).toContain(expected);
    expect(fixture.functionCompute.functionNames()).toEqual([]);
  });

  it('all that is wrong at once', async () => {
    const file = rendered();
    file.resources.look.props.vpcConfig = { vpcId: 'vpc-1' };
    file.resources.sweep.props.tags = [{ key: 'team', value: 'a' }];
    expect(await problemsOf(file)).toEqual([
      `${LOOK}.vpcConfig: ${NOT_MODELLED}`,
      `resources.sweep.props.tags: ${NOT_MODELLED}`,
    ]);
  });

  it('what only a service knows, with its place', async () => {
    const queue = 'acs:mns:cn-hangzhou:1000000000000001:/queues/missing';
    const destination = `${LOOK}.asyncInvokeConfig.destinationConfig.onFailure.destination`;
    expect(await problemsOf(changed(destination, `${queue}/messages`))).toEqual([
      `${LOOK}.asyncInvokeConfig: the queue of ${queue}/messages does not exist`,
    ]);
  });

  it('a handler that was not built', async () => {
    rmSync(join(fixture.folder, 'dist/sweep/index.js'));
    expect((await problemsOf(rendered())).join()).toContain('resources.sweep.props.handler');
  });

  it('what is no file at all', async () => {
    expect(await problemsOf(null)).toContain('the file: an object is expected');
  });
});
