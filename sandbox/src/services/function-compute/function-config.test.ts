/** What a function can not be set to. */
import { describe, expect, it } from 'vitest';
import { eachTest } from '../../testing/each-test.ts';
import {
  ACCOUNT_ID,
  createFunctionWorld,
  FAILED_QUEUE_ARN,
  REGION,
} from '../../testing/function-world.ts';

const ECHO = `exports.handler = async (event) => event;`;
const fixture = eachTest(createFunctionWorld);

describe('createFunction', () => {
  it.each([
    [{ runtime: 'python3' }, 'runtime'],
    [{ memorySizeMb: 100 }, 'memorySize'],
    [{ timeoutSeconds: 0 }, 'timeout'],
    [{ handler: 'nope.handler' }, 'nope.js'],
    [{ codeDir: '/nowhere' }, 'no folder'],
    [{ environment: { FC_REGION: 'x' } }, 'FC_REGION'],
    [{ environment: { ALIBABA_CLOUD_ACCESS_KEY_ID: 'x' } }, 'ALIBABA_CLOUD_ACCESS_KEY_ID: is'],
    [{ environment: { ALIBABA_CLOUD_SECURITY_TOKEN: 'x' } }, 'reserved'],
    [{ environment: { securityToken: 'x' } }, 'reserved'],
    [{ environment: { 'A-B': 'x' } }, 'A-B'],
    [{ environment: { A: 'x'.repeat(4096) } }, '4 KB'],
    [{ roleArn: `acs:ram::${ACCOUNT_ID}:role/nobody` }, 'role/nobody'],
    [{ name: 'a/b/c' }, 'functionName'],
    [{ name: 'a'.repeat(65) }, 'functionName'],
    [{ name: `${'s'.repeat(129)}/a` }, 'serviceName'],
    [{ reservedConcurrency: 0.5 }, 'reservedConcurrency'],
    [{ logProject: 'project' }, 'logConfig: project and logstore go together'],
    [{ logProject: 'no-such', logStore: 'store' }, 'logConfig: The Project does not exist'],
  ])('refuses %j', (config, text) => {
    expect(() =>
      fixture.createFunction('known', `exports.handler = async () => 1;`, config),
    ).toThrow(text);
  });

  it('refuses a name in use', () => {
    fixture.createFunction('known', `exports.handler = async () => 1;`);
    expect(() => fixture.createFunction('known', `exports.handler = async () => 1;`)).toThrow(
      'already exists',
    );
  });
});

describe('putAsyncInvokeConfig', () => {
  it.each([
    [{ maxAsyncRetryAttempts: 9 }, 'maxAsyncRetryAttempts'],
    [{ maxAsyncEventAgeInSeconds: 0 }, 'maxAsyncEventAgeInSeconds'],
    [{ onFailure: `acs:fc:${REGION}:${ACCOUNT_ID}:functions/other` }, 'not modelled'],
    [{ onFailure: FAILED_QUEUE_ARN.replace('/failed/', '/missing/') }, 'does not exist'],
    [{ onFailure: FAILED_QUEUE_ARN.replace(REGION, 'cn-beijing') }, 'not modelled'],
  ])('refuses %j', (config, text) => {
    fixture.createFunction('echo', ECHO);
    expect(() => fixture.functionCompute.putAsyncInvokeConfig('echo', config)).toThrow(text);
  });

  it('refuses a destination that the role may not send to', () => {
    fixture.world.identities.createRole(ACCOUNT_ID, 'onboarding', {
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: 'log:*', Resource: '*' }],
    });
    fixture.createFunction('echo', ECHO);
    expect(() =>
      fixture.functionCompute.putAsyncInvokeConfig('echo', { onFailure: FAILED_QUEUE_ARN }),
    ).toThrow('mns:SendMessage');
  });
});
