import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  ACCOUNT_ID,
  createFunctionWorld,
  type FunctionWorld,
  REGION,
} from '../../testing/function-world.ts';

const LOG_CONFIG = { logProject: 'project', logStore: 'lines' };
const SAYS = `exports.handler = async (event) => { console.log(String(event)); };`;

let fixture: FunctionWorld;

beforeEach(async () => {
  fixture = await createFunctionWorld();
  fixture.logService.createProject('project');
  fixture.logService.createLogstore('project', 'lines');
});

afterEach(() => fixture.close());

function allowWriting(logstore: string): void {
  const Resource = `acs:log:${REGION}:${ACCOUNT_ID}:project/project/logstore/${logstore}`;
  fixture.world.identities.createRole(ACCOUNT_ID, 'onboarding', {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'log:PostLogStoreLogs', Resource }],
  });
}

const messages = () =>
  fixture.logService.entries('project', 'lines').map(({ contents }) => contents.message);

it('what a function prints goes to its logstore, where its role may write', async () => {
  fixture.createFunction('says', SAYS, LOG_CONFIG);
  await fixture.functionCompute.invoke('says', 'not allowed');
  allowWriting('other');
  await fixture.functionCompute.invoke('says', 'elsewhere');
  allowWriting('lines');
  await fixture.functionCompute.invoke('says', 'allowed');
  expect(messages()).toEqual(['allowed']);
  expect(fixture.logService.entries('project', 'lines')).toMatchObject([
    { topic: 'FCLogs:says', contents: { functionName: 'says' } },
  ]);
});

it('a logstore that has gone takes nothing, and nothing breaks', async () => {
  allowWriting('lines');
  fixture.createFunction('says', SAYS, LOG_CONFIG);
  fixture.logService.deleteLogstore('project', 'lines');
  const { invocation } = await fixture.functionCompute.invoke('says', 'lost');
  expect(invocation).toMatchObject({ status: 'succeeded', stdout: ['lost'] });
});

it('a logstore that is missing is refused when the function is created', () => {
  const create = () => fixture.createFunction('says', SAYS, { ...LOG_CONFIG, logStore: 'liens' });
  expect(create).toThrow('logConfig: logstore liens does not exist');
  expect(fixture.functionCompute.functionNames()).toEqual([]);
});
