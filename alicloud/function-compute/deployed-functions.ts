import * as sdk from '@alicloud/fc20230330';
import * as v from 'valibot';
import type { CallOptions } from '../../workflows/onboarding/ports.ts';
import type { Credentials } from '../credentials.ts';
import { parseEndpoint } from '../endpoint.ts';
import { malformedAnswer } from '../failure.ts';
import { openApiConfig, unwrapDefault } from '../open-api.ts';
import { openApiFailure } from '../open-api-failure.ts';
import { createRedact } from '../redact.ts';
import { withTimeout } from '../timeout.ts';
import { downloadCode } from './download-code.ts';

const Client = unwrapDefault(sdk.default);

export interface DeployedFunctionsOptions {
  /** Base URL, for example `https://1000000000000001.cn-hangzhou.fc.aliyuncs.com`. */
  readonly endpoint: string;
  readonly credentials: Credentials;
}

/** A function as it is now. */
export interface DeployedFunction {
  /** Every setting by the name that the API gives it: `timeout`, `environmentVariables`, … */
  readonly settings: Readonly<Record<string, unknown>>;
  /** ISO 8601. */
  readonly lastModifiedTime: string;
}

/** What starts a function. */
export interface DeployedTrigger {
  readonly type: string;
  readonly qualifier: string;
  /** Parsed JSON. */
  readonly config: Readonly<Record<string, unknown>>;
  /** ISO 8601. */
  readonly createdTime: string;
}

const settingsSchema = v.looseObject({ lastModifiedTime: v.nullish(v.string(), '') });

const triggerSchema = v.object({
  triggerType: v.string(),
  qualifier: v.nullish(v.string(), ''),
  triggerConfig: v.pipe(v.string(), v.parseJson(), v.looseObject({})),
  createdTime: v.nullish(v.string(), ''),
});

const concurrencySchema = v.object({ reservedConcurrency: v.nullish(v.number()) });

const codeSchema = v.object({ url: v.pipe(v.string(), v.url()) });

/** Deployed with `qualifier: LATEST`. */
const QUALIFIER = 'LATEST';

/**
 * Functions of Function Compute 3.0 as they are now. Each answers `undefined` for what is not there,
 * is safe to repeat, and rejects with a `CloudError`. Source: FC 2023-03-30, the operations by their
 * names.
 */
export function createDeployedFunctions({ endpoint, credentials }: DeployedFunctionsOptions) {
  const url = parseEndpoint(endpoint);
  const redact = createRedact(credentials);

  async function get<S extends v.GenericSchema>(
    operation: string,
    schema: S,
    { timeoutMs }: CallOptions,
    absent: readonly string[],
    run: (client: InstanceType<typeof Client>) => Promise<{ readonly body?: object }>,
  ): Promise<v.InferOutput<S> | undefined> {
    const answer = await withTimeout(operation, timeoutMs, async () => {
      try {
        // One for each call: its timeouts end what `withTimeout` no longer waits for.
        return await run(new Client(openApiConfig({ endpoint: url, credentials, timeoutMs })));
      } catch (error) {
        const failure = openApiFailure(operation, error, redact);
        if (absent.includes(failure.code)) return undefined;
        throw failure;
      }
    });
    if (answer === undefined) return undefined;
    const parsed = v.safeParse(schema, answer.body, { abortEarly: true });
    if (parsed.success) return parsed.output;
    const where = v.getDotPath(parsed.issues[0]) ?? 'the body';
    throw malformedAnswer(operation, `${where} is missing or wrong`);
  }

  return {
    async find(name: string, options: CallOptions): Promise<DeployedFunction | undefined> {
      const request = new sdk.GetFunctionRequest({});
      const found = await get('GetFunction', settingsSchema, options, ['FunctionNotFound'], (fc) =>
        fc.getFunction(name, request),
      );
      if (found === undefined) return undefined;
      return {
        settings: JSON.parse(JSON.stringify(found)),
        lastModifiedTime: found.lastModifiedTime ?? '',
      };
    },

    async trigger(
      functionName: string,
      triggerName: string,
      options: CallOptions,
    ): Promise<DeployedTrigger | undefined> {
      const absent = ['TriggerNotFound', 'FunctionNotFound'];
      const found = await get('GetTrigger', triggerSchema, options, absent, (fc) =>
        fc.getTrigger(functionName, triggerName),
      );
      return (
        found && {
          type: found.triggerType,
          qualifier: found.qualifier ?? '',
          config: found.triggerConfig,
          createdTime: found.createdTime ?? '',
        }
      );
    },

    /** By the names that the API gives them. */
    async asyncInvokeConfig(
      name: string,
      options: CallOptions,
    ): Promise<Readonly<Record<string, unknown>> | undefined> {
      const request = new sdk.GetAsyncInvokeConfigRequest({ qualifier: QUALIFIER });
      const absent = ['AsyncConfigNotExists', 'AsyncInvokeConfigNotFound', 'FunctionNotFound'];
      const found = await get('GetAsyncInvokeConfig', v.looseObject({}), options, absent, (fc) =>
        fc.getAsyncInvokeConfig(name, request),
      );
      return found && JSON.parse(JSON.stringify(found));
    },

    /** How many instances are kept for it. */
    async reservedConcurrency(name: string, options: CallOptions): Promise<number | undefined> {
      const absent = ['ConcurrencyConfigNotFound', 'FunctionNotFound'];
      const found = await get('GetConcurrencyConfig', concurrencySchema, options, absent, (fc) =>
        fc.getConcurrencyConfig(name),
      );
      return found?.reservedConcurrency ?? undefined;
    },

    /** The SHA-256 of each file of its code, in hexadecimal, by its path in the package. */
    async code(
      name: string,
      options: CallOptions,
    ): Promise<Readonly<Record<string, string>> | undefined> {
      const request = new sdk.GetFunctionCodeRequest({ qualifier: QUALIFIER });
      const found = await get('GetFunctionCode', codeSchema, options, ['FunctionNotFound'], (fc) =>
        fc.getFunctionCode(name, request),
      );
      return found && downloadCode(found.url, options);
    },
  };
}
