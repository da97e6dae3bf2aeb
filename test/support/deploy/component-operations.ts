/**
 * What the component fc3 0.1.22 calls for our s.yaml, in its order, through the official SDKs. The
 * order, and which errors end a deployment, were measured with the component itself. Code is
 * uploaded, functions made, then their triggers, asynchronous and concurrency configurations.
 */
import * as fc from '@alicloud/fc20230330';
import AdmZip from 'adm-zip';
import { type Endpoint, fc3Client } from '../../../sandbox/src/testing/function-clients.ts';
import { uploadCode } from '../../../sandbox/src/testing/upload-code.ts';
import type { Credentials } from '../../../sandbox/src/world/identities.ts';

export interface RenderedFile {
  readonly resources: Readonly<Record<string, { readonly props: Props }>>;
}

interface Props extends Readonly<Record<string, unknown>> {
  readonly functionName: string;
  readonly code: string;
  readonly asyncInvokeConfig: Readonly<Record<string, unknown>>;
  readonly concurrencyConfig: { readonly reservedConcurrency: number };
  readonly triggers?: readonly Readonly<Record<string, unknown>>[];
}

/** As the component fills it up. */
const EMPTY = {
  vpcConfig: { securityGroupId: '', vSwitchIds: [], vpcId: '' },
  tracingConfig: {},
  ossMountConfig: { mountPoints: [] },
  nasConfig: { groupId: 0, userId: 0, mountPoints: [] },
  layers: [],
  instanceIsolationMode: 'SHARE',
  sessionAffinity: 'NONE',
};
const QUALIFIER = 'LATEST';
/** It pauses 3 s between them, which changes nothing. */
const TRIES = 4;

/** An operation of Function Compute that failed, with its answer. */
export class OperationFailed extends Error {
  override readonly name = 'OperationFailed';

  constructor(operation: string, { code, message }: { code?: string; message?: string }) {
    super(`${operation}: ${code}: ${message}`);
  }
}

export function componentOperations(at: Endpoint, credentials: Credentials) {
  const { sdk } = fc3Client(at, credentials);

  /** `undefined` for one of these codes. 400 and 403 end it at once. */
  async function call<T>(
    operation: string,
    run: () => Promise<T>,
    fine: readonly string[] = [],
  ): Promise<T | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await run();
      } catch (error) {
        const failure = error as { code?: string; statusCode?: number; status?: number };
        if (fine.includes(failure.code ?? '')) return undefined;
        const isFinal = [400, 403].includes(failure.statusCode ?? failure.status ?? 0);
        if (isFinal || attempt === TRIES) throw new OperationFailed(operation, failure);
      }
    }
  }

  async function deployFunction(props: Props, zip: Buffer): Promise<void> {
    const { functionName, code: _c, region: _r, ...rest } = props;
    const { asyncInvokeConfig, concurrencyConfig, triggers = [], ...settings } = rest;
    const { qualifier: _q, ...asynchronous } = asyncInvokeConfig;
    const location = await call('GetTempBucketToken or PutObject', () =>
      uploadCode(at, credentials, zip),
    );
    const found = await call(
      'GetFunction',
      () => sdk.getFunction(functionName, new fc.GetFunctionRequest({})),
      ['FunctionNotFound'],
    );
    const body = { ...EMPTY, ...settings, code: new fc.InputCodeLocation(location) };
    if (found === undefined) {
      const input = new fc.CreateFunctionInput({ ...body, functionName });
      await call('CreateFunction', () =>
        sdk.createFunction(new fc.CreateFunctionRequest({ body: input })),
      );
    } else {
      const input = new fc.UpdateFunctionInput(body);
      await call('UpdateFunction', () =>
        sdk.updateFunction(functionName, new fc.UpdateFunctionRequest({ body: input })),
      );
    }
    for (const trigger of triggers) await deployTrigger(functionName, trigger);
    await call('PutAsyncInvokeConfig', () =>
      sdk.putAsyncInvokeConfig(
        functionName,
        new fc.PutAsyncInvokeConfigRequest({
          qualifier: QUALIFIER,
          body: new fc.PutAsyncInvokeConfigInput({ destinationConfig: {}, ...asynchronous }),
        }),
      ),
    );
    await call('PutConcurrencyConfig', () =>
      sdk.putConcurrencyConfig(
        functionName,
        new fc.PutConcurrencyConfigRequest({ body: new fc.PutConcurrencyInput(concurrencyConfig) }),
      ),
    );
  }

  async function deployTrigger(
    functionName: string,
    { triggerName, triggerConfig, triggerType, ...rest }: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const name = String(triggerName);
    const settings = { ...rest, triggerConfig: JSON.stringify(triggerConfig) };
    const found = await call('GetTrigger', () => sdk.getTrigger(functionName, name), [
      'TriggerNotFound',
    ]);
    if (found === undefined) {
      const body = new fc.CreateTriggerInput({ ...settings, triggerName, triggerType });
      await call('CreateTrigger', () =>
        sdk.createTrigger(functionName, new fc.CreateTriggerRequest({ body })),
      );
    } else {
      const body = new fc.UpdateTriggerInput(settings);
      await call('UpdateTrigger', () =>
        sdk.updateTrigger(functionName, name, new fc.UpdateTriggerRequest({ body })),
      );
    }
  }

  return {
    /** Rejects with an `OperationFailed`: what comes later in the file is not deployed then. */
    async deploy({ resources }: RenderedFile, codeOf: (folder: string) => Buffer): Promise<void> {
      for (const { props } of Object.values(resources)) {
        await deployFunction(props, codeOf(props.code));
      }
    },
    /** Swallows every refusal, as the component does; `onRefusal` only hears of it. */
    async remove(
      { resources }: RenderedFile,
      onRefusal: (refusal: OperationFailed) => void,
    ): Promise<void> {
      const quietly = async (operation: string, run: () => Promise<unknown>) => {
        await call(operation, run, ['FunctionNotFound', 'TriggerNotFound']).catch(onRefusal);
      };
      for (const { props } of Object.values(resources)) {
        const { functionName, triggers = [] } = props;
        await quietly('ListTriggers', () =>
          sdk.listTriggers(functionName, new fc.ListTriggersRequest({})),
        );
        for (const { triggerName } of triggers) {
          await quietly('DeleteTrigger', () =>
            sdk.deleteTrigger(functionName, String(triggerName)),
          );
        }
        await quietly('DeleteAsyncInvokeConfig', () =>
          sdk.deleteAsyncInvokeConfig(
            functionName,
            new fc.DeleteAsyncInvokeConfigRequest({ qualifier: QUALIFIER }),
          ),
        );
        await quietly('DeleteConcurrencyConfig', () => sdk.deleteConcurrencyConfig(functionName));
        await quietly('DeleteFunction', () => sdk.deleteFunction(functionName));
      }
    },
  };
}

const packages = new Map<string, Buffer>();

/** The folder's files as a package: made once, since nothing is built meanwhile. */
export function zipFolder(folder: string): Buffer {
  const made = packages.get(folder);
  if (made !== undefined) return made;
  const zip = new AdmZip();
  zip.addLocalFolder(folder);
  const zipped = zip.toBuffer();
  packages.set(folder, zipped);
  return zipped;
}
