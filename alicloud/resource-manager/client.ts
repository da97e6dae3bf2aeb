import * as sdk from '@alicloud/resourcemanager20200331';
import * as v from 'valibot';
import type { CallOptions } from '../../workflows/onboarding/ports.ts';
import { type CredentialSource, type Credentials, perCredentials } from '../credentials.ts';
import { parseEndpoint } from '../endpoint.ts';
import { malformedAnswer } from '../failure.ts';
import { openApiConfig, unwrapDefault } from '../open-api.ts';
import { openApiFailure } from '../open-api-failure.ts';
import { createRedact } from '../redact.ts';
import { withTimeout } from '../timeout.ts';

const Client = unwrapDefault(sdk.default);

export interface ResourceManagerOptions {
  /** Base URL, for example `https://resourcemanager.aliyuncs.com`. */
  readonly endpoint: string;
  readonly credentials: Credentials | CredentialSource;
  /** Called before every request. Default: nothing is counted. */
  readonly countCall?: () => void;
}

export interface ResourceManagerClient {
  /** One request, never repeated, and the parts of its answer that the schema has. */
  call<S extends v.GenericSchema>(
    operation: string,
    schema: S,
    run: (client: InstanceType<typeof Client>) => Promise<{ readonly body?: unknown }>,
    options: CallOptions,
  ): Promise<v.InferOutput<S>>;
}

/** ResourceManager 2020-03-31 through its SDK, which takes 200 ms to load. */
export function createResourceManagerClient(
  options: ResourceManagerOptions,
): ResourceManagerClient {
  const { countCall = () => undefined } = options;
  const endpoint = parseEndpoint(options.endpoint);
  const signing = perCredentials(options.credentials, (credentials) => ({
    credentials,
    redact: createRedact(credentials),
  }));

  return {
    async call(operation, schema, run, { timeoutMs }) {
      const { credentials, redact } = await signing();
      const answer = await withTimeout(operation, timeoutMs, async () => {
        countCall();
        try {
          // One for each call: its timeouts end what `withTimeout` no longer waits for.
          return await run(new Client(openApiConfig({ endpoint, credentials, timeoutMs })));
        } catch (error) {
          throw openApiFailure(operation, error, redact);
        }
      });
      const parsed = v.safeParse(schema, answer.body, { abortEarly: true });
      if (parsed.success) return parsed.output;
      const where = v.getDotPath(parsed.issues[0]) ?? 'the body';
      throw malformedAnswer(operation, `${where} is missing or wrong`);
    },
  };
}
