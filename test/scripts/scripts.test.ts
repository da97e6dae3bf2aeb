/** What npm scripts say before they build anything. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSandbox } from '../../sandbox/src/index.ts';
import { ENDPOINTS } from '../../scripts/deploy/endpoints.ts';
import { DEPLOYED_ROLES, operatorEnvironmentFor } from '../../scripts/deploy-to-sandbox.ts';
import { runHere } from '../support/cli/in-process.ts';
import { NO_CREDENTIALS } from '../support/cli/process.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function runScript(name: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', `scripts/${name}.ts`, ...args],
      { cwd: ROOT, env: { PATH: process.env.PATH, ...env } },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : 1, stdout, stderr }),
    );
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
  });
}

async function startSandbox() {
  const sandbox = await createSandbox();
  onTestFinished(() => sandbox.close());
  return {
    sandbox,
    environment: {
      ALIBABA_CLOUD_ACCESS_KEY_ID: sandbox.credentials.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: sandbox.credentials.accessKeySecret,
      ...Object.fromEntries(ENDPOINTS.map((name) => [name, sandbox.endpoint])),
    },
  };
}

describe('deploy', () => {
  test('what is typed wrong is said, with how it is used', async () => {
    const { code, stderr } = await runScript('deploy', ['--dryrun'], {});
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Unknown option '--dryrun'\.\n/);
    expect(stderr).toContain('npm run deploy -- --dry-run');
    expect(stderr).not.toContain('    at ');
    const both = await runScript('deploy', ['--remove', '--dry-run'], {});
    expect(both.stderr).toContain("--remove can't be combined with --dry-run.");
  });

  test('--help says how it is used', async () => {
    const { code, stdout } = await runScript('deploy', ['--help'], {});
    expect([code, stdout.includes('npm run deploy -- --remove')]).toEqual([0, true]);
  });

  test('there are no credentials: it is said where they could come from', async () => {
    const { code, stderr } = await runScript('deploy', ['--dry-run'], NO_CREDENTIALS);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^No credentials were found.*ALIBABA_CLOUD_ACCESS_KEY_ID.*--profile/);
  });

  test('half in a sandbox and half in the cloud is refused, with all else that is wrong', async () => {
    const { code, stderr } = await runScript('deploy', ['--yes'], {
      ...NO_CREDENTIALS,
      ROS_ENDPOINT: 'http://127.0.0.1:1',
      FC_ENDPOINT: 'http://localhost:1',
      OVERDUE_AFTER_SECONDS: 'soon',
      REGION: 'c n',
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^2 settings are wrong: OVERDUE_AFTER_SECONDS is .*; REGION is /);
    expect(stderr).toContain('No credentials were found');
    expect(stderr).toContain("Only some endpoints are a sandbox's: FC_ENDPOINT, ROS_ENDPOINT.");
    expect(stderr).toMatch(/would go to both: CONFIG_ENDPOINT, .*STS_ENDPOINT\. Set all of them/);
  });

  test('the management account is that of the credentials', async () => {
    const { sandbox, environment } = await startSandbox();
    const { code, stderr } = await runScript('deploy', ['--dry-run'], {
      ...environment,
      MANAGEMENT_ACCOUNT_ID: '1000000000000009',
    });
    expect(code).toBe(1);
    expect(stderr).toContain(
      `MANAGEMENT_ACCOUNT_ID is 1000000000000009, but the resource directory of these credentials is that of ${sandbox.managementAccountId}`,
    );
    expect(sandbox.resourceOrchestration.stacks()).toEqual([]);
  });
});

describe('sandbox', () => {
  test('a port that is taken', async () => {
    const { sandbox } = await startSandbox();
    const { port } = new URL(sandbox.endpoint);
    const { code, stderr } = await runScript('sandbox', [], { PORT: port });
    expect([code, stderr]).toEqual([
      1,
      `Port ${port} is taken: stop what listens there, or choose another with PORT=8421.\n`,
    ]);
  });

  test('has the roles that a deployment leaves behind: doctor misses none', async () => {
    const sandbox = await createSandbox({ serviceLinkedRoles: DEPLOYED_ROLES });
    onTestFinished(() => sandbox.close());
    const { stdout } = await runHere(['doctor'], operatorEnvironmentFor(sandbox));
    for (const role of ['role of Cloud Config', 'role for ActionTrail', 'role for functions']) {
      expect(stdout).toMatch(new RegExp(`✓ ${role} +AliyunServiceRoleFor`));
    }
  });

  test.each([
    [{ PORT: '70000' }, 'PORT has to be a whole number from 0 to 65535: 70000\n'],
    [{ MEMBERS: 'five' }, 'MEMBERS has to be a whole number from 0 to 10000: five\n'],
  ])('%j', async (env, message) => {
    expect(await runScript('sandbox', [], env)).toMatchObject({ code: 1, stderr: message });
  });
});
