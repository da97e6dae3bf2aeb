import { randomUUID } from 'node:crypto';
import { signV1 } from '../../protocols/rpc/signature-v1.ts';
import type { HttpRequest } from '../../server/http-service.ts';
import { invocationData } from '../../state/state.ts';
import type { Credentials } from '../../world/identities.ts';
import * as answers from './answers.ts';
import * as inputs from './inputs.ts';
import {
  type ControlOperation,
  type ControlPorts,
  controlOperation,
  notFound,
} from './operation.ts';

const DEFAULT_PAGE = 100;

/** What an account does, and what came of it, for whoever has no SDK at hand: the page at `/`. */
export const CALLS: readonly ControlOperation[] = [
  controlOperation({
    method: 'GET',
    path: '/sandbox/operations',
    id: 'listOperations',
    summary: 'The operations and error codes of each service, as faults and quotas may name them',
    answer: answers.operations,
    handle: ({ cloud }) => ({
      services: cloud.faultable.map(({ service, operations, errors }) => ({
        service,
        operations: [...new Set(operations)].sort(),
        codes: Object.keys(errors).sort(),
      })),
    }),
  }),
  controlOperation({
    method: 'POST',
    path: '/sandbox/calls',
    id: 'makeCall',
    summary:
      'Makes a call of an RPC product as an account’s root user: signed, checked and recorded like ' +
      'any other',
    body: inputs.callInput,
    answer: answers.calledBack,
    async handle(ports, { body }) {
      const outcome = await ports.call(signedRequest(ports, body));
      if (!('answer' in outcome)) return { delivery: outcome.delivery };
      const { delivery, answer } = outcome;
      return { delivery, status: answer.status, body: answer.body.toString('utf8') };
    },
  }),
  controlOperation({
    method: 'PUT',
    path: '/sandbox/accounts/{accountId}/status',
    id: 'setAccountStatus',
    summary:
      'What a person does by e-mail, or nobody in time: confirms the promotion of a member, lets it ' +
      'expire. `Removed`: it leaves the directory',
    body: inputs.accountStatusInput,
    answer: answers.nothing,
    handle: ({ cloud: { directory } }, { body: { status }, path: { accountId = '' } }) => {
      if (directory.account(accountId) === undefined) {
        throw notFound(`There is no account '${accountId}'.`);
      }
      directory.setStatus(accountId, status);
      return {};
    },
  }),
  controlOperation({
    method: 'GET',
    path: '/sandbox/invocations',
    id: 'listInvocations',
    summary: 'The functions, and attempts to run them that have ended, oldest first',
    query: inputs.pageQuery,
    answer: answers.invocations,
    handle: ({ cloud }, { query: { after = 0, limit = DEFAULT_PAGE } }) => {
      const invocations = cloud.functionCompute
        .invocations()
        .slice(after, after + limit)
        .map(invocationData);
      const functionNames = cloud.functionCompute.functionNames();
      return { functionNames, invocations, next: after + invocations.length };
    },
  }),
];

/** A new key for each call of a member would be kept for good. */
const memberKeys = new WeakMap<ControlPorts['cloud'], Map<string, Credentials>>();

function keyOf({ cloud }: ControlPorts, accountId: string): Credentials {
  if (accountId === cloud.directory.managementAccountId) return cloud.credentials;
  const keys = memberKeys.get(cloud) ?? new Map<string, Credentials>();
  memberKeys.set(cloud, keys);
  const key = keys.get(accountId) ?? cloud.world.identities.createAccessKey(accountId);
  keys.set(accountId, key);
  return key;
}

interface CallInput {
  readonly accountId?: string;
  readonly version: string;
  readonly operation: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** `POST /` with signature version 1.0, as pop-core sends it. */
function signedRequest(ports: ControlPorts, call: CallInput): HttpRequest {
  const accountId = call.accountId ?? ports.cloud.directory.managementAccountId;
  const { accessKeyId, accessKeySecret } = keyOf(ports, accountId);
  const parameters = new URLSearchParams({
    ...call.parameters,
    Action: call.operation,
    Version: call.version,
    Format: 'JSON',
    AccessKeyId: accessKeyId,
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: randomUUID(),
    // The real time, as SDKs sign with it.
    Timestamp: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
  });
  parameters.set('Signature', signV1('POST', parameters, accessKeySecret));
  return {
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    target: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(parameters.toString()),
  };
}
