import * as sdk from '@alicloud/ros20190910';
import * as v from 'valibot';
import { type CredentialSource, type Credentials, perCredentials } from '../credentials.ts';
import { parseEndpoint } from '../endpoint.ts';
import { malformedAnswer } from '../failure.ts';
import { openApiConfig, unwrapDefault } from '../open-api.ts';
import { openApiFailure } from '../open-api-failure.ts';
import { createRedact, type Redact } from '../redact.ts';
import { withTimeout } from '../timeout.ts';

const Client = unwrapDefault(sdk.default);
type Api = InstanceType<typeof Client>;

export interface RosClientOptions {
  /** Base URL. Default: `https://ros.aliyuncs.com`, which serves every region. */
  readonly endpoint?: string;
  /** Of the stacks. */
  readonly region: string;
  readonly credentials: Credentials | CredentialSource;
  /** Bounds one call. Default: 30 000, since a change set is compared before it is answered. */
  readonly callTimeoutMs?: number;
}

export interface RosClient {
  /** One request, never repeated, and the parts of its answer that are used. */
  call<S extends v.GenericSchema>(
    operation: string,
    schema: S,
    run: (api: Api, regionId: string) => Promise<{ readonly body?: unknown }>,
  ): Promise<v.InferOutput<S>>;
  readonly redact: Redact;
}

export function createRosClient(options: RosClientOptions): RosClient {
  const { region, credentials, callTimeoutMs = 30_000 } = options;
  const url = parseEndpoint(options.endpoint ?? 'https://ros.aliyuncs.com');
  let redact: Redact = (text) => text;
  const signing = perCredentials(credentials, (now) => {
    redact = createRedact(now);
    return new Client(openApiConfig({ endpoint: url, credentials: now, timeoutMs: callTimeoutMs }));
  });

  return {
    // Of the credentials that the last call was signed with.
    redact: (text) => redact(text),
    async call(operation, schema, run) {
      const api = await signing();
      const answer = await withTimeout(operation, callTimeoutMs, async () => {
        try {
          return await run(api, region);
        } catch (error) {
          throw openApiFailure(operation, error, redact);
        }
      });
      const parsed = v.safeParse(schema, answer.body, { abortEarly: true });
      if (!parsed.success) {
        const where = v.getDotPath(parsed.issues[0]) ?? 'the body';
        throw malformedAnswer(operation, `${where} is missing or wrong`);
      }
      return parsed.output;
    },
  };
}
