import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDeploymentWorld } from '../testing/function-deployment.ts';
import { FAILED_QUEUE, REGION } from '../testing/function-world.ts';
import { DeploymentError, deploy } from './deploy.ts';
import { renderServerlessDevs } from './render-serverless-devs.ts';

let fixture: Awaited<ReturnType<typeof createDeploymentWorld>>;
let renderedJson: string;

beforeAll(async () => {
  const rendering = await createDeploymentWorld();
  renderedJson = JSON.stringify(await renderServerlessDevs({ file: rendering.file })).replaceAll(
    rendering.folder,
    '.',
  );
  await rendering.close();
});

beforeEach(async () => {
  fixture = await createDeploymentWorld();
});

afterEach(() => fixture.close());

const rendered = () => JSON.parse(renderedJson);

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

const answers = async () => {
  await fixture.functionCompute.idle();
  return fixture.functionCompute.invocations().map(({ functionName, mode, result }) => ({
    functionName,
    mode,
    ...JSON.parse(result.toString()),
  }));
};

describe('deploy', () => {
  it('creates the functions with all that the file sets', async () => {
    const deployment = await deploy(rendered(), {
      ...fixture.deployOptions,
      environment: { CONFIG_ENDPOINT: 'http://127.0.0.1:1', POLL_BASE_SECONDS: '0.01' },
    });
    expect(deployment).toEqual({
      functionNames: ['look', 'sweep'],
      preDeploy: { look: [{ run: 'npm run build', path: './' }], sweep: [] },
    });
    await fixture.functionCompute.invoke('look', '{"by":"hand"}');
    const [answer] = await answers();
    expect(answer).toMatchObject({
      event: { by: 'hand' },
      env: {
        LOG_PROJECT: 'results',
        POLL_BASE_SECONDS: '0.01',
        CONFIG_ENDPOINT: 'http://127.0.0.1:1',
      },
      context: {
        function: { name: 'look', handler: 'index.handler', memory: 512, timeout: 30 },
        service: { logProject: 'results', logStore: 'console' },
      },
    });
  });

  it('invokes on the timer', async () => {
    await deploy(rendered(), fixture.deployOptions);
    fixture.world.clock.advance(300_000);
    expect(await answers()).toMatchObject([
      {
        functionName: 'sweep',
        mode: 'async',
        event: { triggerName: 'every-5-minutes', payload: '{"verifyForSeconds":0}' },
      },
    ]);
  });

  it('retries and records failures as the file says', async () => {
    await deploy(rendered(), { ...fixture.deployOptions, environment: { FAIL: 'yes' } });
    await fixture.functionCompute.invoke('look', '{}', { async: true, taskId: 'one' });
    await expect(
      fixture.functionCompute.invoke('look', '{}', { async: true, taskId: 'one' }),
    ).rejects.toMatchObject({ status: 409 });
    while (fixture.functionCompute.invocations().length < 1) await sleep(5);
    await sleep(20);
    fixture.world.clock.advance(500);
    await fixture.functionCompute.idle();
    expect(fixture.functionCompute.invocations()).toHaveLength(2);
    expect(fixture.messageService.messages(FAILED_QUEUE)).toHaveLength(1);
  });

  it('keeps to the reserved concurrency', async () => {
    await deploy(rendered(), fixture.deployOptions);
    const both = [1, 2].map(() => fixture.functionCompute.invoke('look', '{}'));
    await expect(fixture.functionCompute.invoke('look', '{}')).rejects.toMatchObject({
      status: 429,
    });
    await Promise.all(both);
  });

  it('again replaces what was there', async () => {
    await deploy(rendered(), fixture.deployOptions);
    writeFileSync(
      join(fixture.folder, 'dist/look/index.js'),
      'exports.handler = async () => ({ build: 2 });',
    );
    await deploy(rendered(), fixture.deployOptions);
    await fixture.functionCompute.invoke('look', '{}');
    fixture.world.clock.advance(300_000);
    const all = await answers();
    expect(all.map(({ functionName }) => functionName).sort()).toEqual(['look', 'sweep']);
    expect(all.find(({ functionName }) => functionName === 'look')).toMatchObject({ build: 2 });
  });
});

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
