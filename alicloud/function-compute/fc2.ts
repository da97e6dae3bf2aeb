import { createHash } from 'node:crypto';
import Client from '@alicloud/fc2';
import * as v from 'valibot';
import { CloudError } from '../../workflows/onboarding/errors.ts';
import { sendRequest } from '../exchange.ts';
import { connectionErrorCode, malformedAnswer, noAnswer } from '../failure.ts';
import { createRedact, type Redact } from '../redact.ts';
import {
  type FunctionTarget,
  type InvocationAnswer,
  OPERATION,
  type SendInvocation,
} from './invocation.ts';

/**
 * The SDK names and signs the request; sending it is ours. The SDK's own sending hides the status
 * and the request id, keeps sockets, and goes on reading when nobody waits any more.
 */
class SigningClient extends Client {
  readonly #signal: AbortSignal;

  constructor(
    accountId: string,
    config: ConstructorParameters<typeof Client>[1],
    signal: AbortSignal,
  ) {
    super(accountId, config);
    this.#signal = signal;
  }

  override request(
    method: string,
    path: string,
    _query: null,
    body: Buffer,
    ownHeaders: Readonly<Record<string, string>>,
  ): Promise<InvocationAnswer> {
    const versionedPath = `/${this.version}${path}`;
    const headers: Record<string, string> = {
      ...this.buildHeaders(),
      ...ownHeaders,
      'content-type': 'application/octet-stream',
      'content-length': String(body.length),
      // Base64 of the digest in hexadecimal: the service's own form.
      'content-md5': Buffer.from(createHash('md5').update(body).digest('hex')).toString('base64'),
    };
    headers.authorization = Client.getSignature(
      this.accessKeyID,
      this.accessKeySecret,
      method,
      versionedPath,
      headers,
    );
    const url = new URL(versionedPath, this.endpoint);
    return sendRequest(url, { method, headers, signal: this.#signal }, body);
  }
}

const refused = v.object({
  ErrorCode: v.pipe(v.string(), v.nonEmpty()),
  ErrorMessage: v.nullish(v.string(), ''),
});

/** Function Compute 2.0, where a function is part of a service. */
export function createFc2(target: FunctionTarget & { readonly service: string }): SendInvocation {
  const { accountId, region, service, name, endpoint, credentials } = target;
  const { accessKeyId, securityToken } = credentials;
  const redact = createRedact(credentials);

  return async ({ payload, type, taskId, signal }) => {
    const config = {
      region,
      endpoint: endpoint.origin,
      accessKeyID: accessKeyId,
      accessKeySecret: credentials.accessKeySecret,
      ...(securityToken !== undefined && { securityToken }),
    };
    const client = new SigningClient(accountId, config, signal);
    const answer = await client
      .invokeFunction(service, name, payload, {
        'x-fc-invocation-type': type,
        ...(taskId !== undefined && { 'x-fc-stateful-async-invocation-id': taskId }),
        // The SDK sends it only where the key id begins with `STS`.
        ...(securityToken !== undefined && { 'x-fc-security-token': securityToken }),
      })
      .catch((error: unknown) => {
        throw noAnswer(OPERATION, connectionErrorCode(error) ?? 'the connection failed');
      });
    if (answer.statusCode < 200 || answer.statusCode > 299) {
      throw refusal(answer, redact);
    }
    return answer;
  };
}

function refusal({ statusCode, headers, body }: InvocationAnswer, redact: Redact): CloudError {
  const id = headers['x-fc-request-id'];
  const known = { statusCode, ...(typeof id === 'string' && { requestId: id }) };
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), refused), body.toString());
  if (!parsed.success) {
    return malformedAnswer(OPERATION, `status ${statusCode} without a code`, known);
  }
  return new CloudError({
    operation: OPERATION,
    code: parsed.output.ErrorCode,
    message: redact(parsed.output.ErrorMessage ?? ''),
    ...known,
  });
}
