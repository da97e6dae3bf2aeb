import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox, type Sandbox } from '../index.ts';

const WELCOME = `exports.handler = async (event) => {
  if (JSON.parse(event).data.requestParameters.DisplayName !== 'lab') return 'welcome';
  throw new RangeError('there is no room for a lab');
};`;

/** A sandbox with members, and a function that runs when an account is created, and fails for `lab`. */
export async function startPageScene(): Promise<Sandbox & { cleanUp(): Promise<void> }> {
  const codeDir = mkdtempSync(join(tmpdir(), 'page-scene-'));
  writeFileSync(join(codeDir, 'index.js'), WELCOME);
  const sandbox = await createSandbox({
    members: [
      { displayName: 'payments', recorder: 'REGISTERED' },
      { displayName: 'data-platform', recorder: 'REGISTERED' },
      {
        displayName: 'website',
        joinMethod: 'invited',
        recorder: 'BUILDING',
        recorderIsStuck: true,
      },
    ],
    config: { organization: 'on' },
    speed: 0,
  });
  sandbox.functionCompute.createFunction({
    name: 'welcome',
    codeDir,
    handler: 'index.handler',
    runtime: 'nodejs20',
    timeoutSeconds: 10,
    memorySizeMb: 128,
    environment: {},
  });
  await callAsRoot(sandbox, '2020-04-01', 'CreateRule', {
    EventBusName: 'default',
    RuleName: 'account-created',
    FilterPattern: JSON.stringify({ data: { eventName: ['CreateResourceAccount'] } }),
    EventTargets: JSON.stringify([
      {
        Id: 'welcome',
        Type: 'acs.fc.function',
        Endpoint: `acs:fc:${sandbox.region}:${sandbox.managementAccountId}:functions/welcome`,
        ParamList: [
          { ResourceKey: 'functionName', Form: 'CONSTANT', Value: 'welcome' },
          { ResourceKey: 'Qualifier', Form: 'CONSTANT', Value: 'LATEST' },
          { ResourceKey: 'InvocationType', Form: 'CONSTANT', Value: 'Async' },
          { ResourceKey: 'Body', Form: 'ORIGINAL', Value: '' },
        ],
      },
    ]),
  });
  return Object.assign(sandbox, {
    async cleanUp() {
      await sandbox.close();
      rmSync(codeDir, { recursive: true, force: true });
    },
  });
}

/** By the sandbox's own interface. Rejects for an answer that is an error. */
export async function callAsRoot(
  { endpoint }: Pick<Sandbox, 'endpoint'>,
  version: string,
  operation: string,
  parameters: Readonly<Record<string, string>>,
): Promise<void> {
  const answer = await fetch(`${endpoint}/sandbox/calls`, {
    method: 'POST',
    body: JSON.stringify({ version, operation, parameters }),
  });
  const { status, body } = (await answer.json()) as { status: number; body: string };
  if (status >= 400) throw new Error(`${operation}: ${status} ${body}`);
}
