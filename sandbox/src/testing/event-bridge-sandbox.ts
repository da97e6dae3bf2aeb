import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as eventBridgeModule from '@alicloud/eventbridge';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import * as resourceManagerModule from '@alicloud/resourcemanager20200331';
import { RuntimeOptions } from '@darabonba/typescript';
import { onTestFinished } from 'vitest';
import { createSandbox, type SandboxOptions } from '../index.ts';
import type { Credentials, PolicyStatement } from '../world/identities.ts';
import { createDirectoryUser } from './directory-user.ts';
import { unwrapDefault } from './unwrap-default.ts';

const EventBridge = unwrapDefault(eventBridgeModule.default);
const OpenApi = unwrapDefault(resourceManagerModule.default);

const ECHO = `exports.handler = async (event) => {
  if (process.env.FAIL === 'yes') throw new Error('asked to fail');
  return event;
};`;

/** A sandbox with one function, `look`, and a queue for what can't be delivered. Ends with the test. */
export async function startEventBridgeSandbox(options: SandboxOptions = {}) {
  const sandbox = await createSandbox({ speed: 0, ...options });
  const codeDir = mkdtempSync(join(tmpdir(), 'event-bridge-'));
  writeFileSync(join(codeDir, 'index.js'), ECHO);
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(codeDir, { recursive: true, force: true });
  });
  sandbox.messageService.createQueue('undelivered');
  const { managementAccountId: accountId, region } = sandbox;
  const createLook = (environment: Readonly<Record<string, string>> = {}) =>
    sandbox.functionCompute.createFunction({
      name: 'look',
      codeDir,
      handler: 'index.handler',
      runtime: 'nodejs20',
      timeoutSeconds: 10,
      memorySizeMb: 128,
      environment,
    });

  return {
    ...sandbox,
    createLook,
    queueArn: `acs:mns:${region}:${accountId}:/queues/undelivered`,
    functionArn: `acs:fc:${region}:${accountId}:functions/look`,
    ruleArn: (name: string) =>
      `acs:eventbridge:${region}:${accountId}:eventbus/default/rule/${name}`,
    /** A key whose owner may do these, and nothing else. */
    keyOf: (...Statement: PolicyStatement[]): Credentials => {
      sandbox.world.identities.createRole(accountId, 'operator', { Version: '1', Statement });
      return sandbox.world.identities.assumeRole(`acs:ram::${accountId}:role/operator`, 3_600_000);
    },
    /** The API 2020-04-01, which has no SDK for Node.js, through the core of the OpenAPI SDKs. */
    call: async (
      operation: string,
      query: Readonly<Record<string, string>>,
      credentials: Credentials = sandbox.credentials,
    ) => {
      const client = new OpenApi(
        new $OpenApiUtil.Config({
          ...credentials,
          endpoint: new URL(sandbox.endpoint).host,
          protocol: 'HTTP',
        }),
      );
      const answer = await client.callApi(
        new $OpenApiUtil.Params({
          action: operation,
          version: '2020-04-01',
          protocol: 'HTTP',
          pathname: '/',
          method: 'POST',
          authType: 'AK',
          style: 'RPC',
          reqBodyType: 'formData',
          bodyType: 'json',
        }),
        new $OpenApiUtil.OpenApiRequest({ query }),
        new RuntimeOptions({}),
      );
      return answer.body as {
        Code: string;
        Message: string;
        Success: boolean;
        Data?: Record<string, unknown>;
      };
    },
    /** `@alicloud/eventbridge`. */
    sdk: (credentials: Credentials = sandbox.credentials) =>
      new EventBridge(
        new eventBridgeModule.Config({
          ...credentials,
          endpoint: new URL(sandbox.endpoint).host,
          regionId: region,
        }),
      ),
  };
}

export type EventBridgeSandbox = Awaited<ReturnType<typeof startEventBridgeSandbox>>;

export const PATTERN = { data: { eventName: ['CreateResourceAccount'] } };

/** A target that invokes `look` with the whole event. */
export function lookTarget(
  sandbox: Pick<EventBridgeSandbox, 'functionArn'>,
  changes: Readonly<Record<string, unknown>> = {},
) {
  return {
    Id: 'look',
    Type: 'acs.fc.function',
    Endpoint: sandbox.functionArn,
    ParamList: [
      { ResourceKey: 'functionName', Form: 'CONSTANT', Value: 'look' },
      { ResourceKey: 'Qualifier', Form: 'CONSTANT', Value: 'LATEST' },
      { ResourceKey: 'InvocationType', Form: 'CONSTANT', Value: 'Sync' },
      { ResourceKey: 'Body', Form: 'ORIGINAL', Value: '' },
    ],
    ...changes,
  };
}

export const RULE = { EventBusName: 'default', RuleName: 'joined' };

/** The rule `joined`, which hands accounts that were created to `look`. */
export const createRule = (
  sandbox: EventBridgeSandbox,
  targetChanges: Readonly<Record<string, unknown>> = {},
  ruleChanges: Readonly<Record<string, string>> = {},
) =>
  sandbox.call('CreateRule', {
    ...RULE,
    Description: 'A member joined',
    FilterPattern: JSON.stringify(PATTERN),
    EventTargets: JSON.stringify([lookTarget(sandbox, targetChanges)]),
    ...ruleChanges,
  });

/** Until what hears of it has run. */
export const accountCreated = async (sandbox: EventBridgeSandbox) => {
  await createDirectoryUser(sandbox).createAccount(`payments-${Math.random()}`.slice(0, 20));
  await sandbox.functionCompute.idle();
};

/** What the functions were given. */
export const payloads = (sandbox: EventBridgeSandbox) =>
  sandbox.functionCompute.invocations().map(({ payload }) => payload.toString());
