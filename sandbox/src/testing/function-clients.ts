import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import * as fc3Module from '@alicloud/fc20230330';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import { RuntimeOptions } from '@darabonba/typescript';
import type { Credentials } from '../world/identities.ts';
import { unwrapDefault } from './unwrap-default.ts';

interface Fc2Client {
  invokeFunction(
    service: string,
    name: string,
    event: string | Buffer,
    headers?: Readonly<Record<string, string>>,
    qualifier?: string,
  ): Promise<{ readonly headers: Readonly<Record<string, string>>; readonly data: unknown }>;
  listServices(): Promise<unknown>;
  getTempBucketToken(): Promise<{
    readonly data: {
      readonly credentials: {
        readonly AccessKeyId: string;
        readonly AccessKeySecret: string;
        readonly SecurityToken: string;
      };
      readonly ossBucket: string;
      readonly objectName: string;
    };
  }>;
}

/** The SDK has no types. */
const Fc2: new (accountId: string, config: Readonly<Record<string, unknown>>) => Fc2Client =
  createRequire(import.meta.url)('@alicloud/fc2');
const { InvokeFunctionHeaders, InvokeFunctionRequest } = fc3Module;
const Fc3 = unwrapDefault(fc3Module.default);

export interface Endpoint {
  readonly accountId: string;
  readonly region: string;
  /** `http://host:port` */
  readonly endpoint: string;
}

export function fc2Client(at: Endpoint, credentials: Credentials): Fc2Client {
  return new Fc2(at.accountId, {
    endpoint: at.endpoint,
    region: at.region,
    accessKeyID: credentials.accessKeyId,
    accessKeySecret: credentials.accessKeySecret,
    securityToken: credentials.securityToken,
  });
}

/** `@alicloud/fc20230330` with the body given and read as text. */
export function fc3Client(at: Endpoint, credentials: Credentials) {
  const client = new Fc3(
    new $OpenApiUtil.Config({
      ...credentials,
      endpoint: new URL(at.endpoint).host,
      protocol: 'HTTP',
      regionId: at.region,
    }),
  );
  const runtime = new RuntimeOptions({ readTimeout: 20_000, connectTimeout: 20_000 });
  return {
    invoke: async (
      name: string,
      event: string | Buffer,
      options: {
        readonly type?: 'Sync' | 'Async';
        readonly taskId?: string;
        readonly logType?: string;
        readonly qualifier?: string;
        readonly headers?: Record<string, string>;
      } = {},
    ) => {
      const answer = await client.invokeFunctionWithOptions(
        name,
        new InvokeFunctionRequest({
          body: Readable.from([Buffer.from(event)]),
          ...(options.qualifier === undefined ? {} : { qualifier: options.qualifier }),
        }),
        new InvokeFunctionHeaders({
          ...(options.headers === undefined ? {} : { commonHeaders: options.headers }),
          ...(options.type === undefined ? {} : { xFcInvocationType: options.type }),
          ...(options.taskId === undefined ? {} : { xFcAsyncTaskId: options.taskId }),
          ...(options.logType === undefined ? {} : { xFcLogType: options.logType }),
        }),
        runtime,
      );
      const chunks: Buffer[] = [];
      for await (const chunk of answer.body ?? []) chunks.push(Buffer.from(chunk));
      return {
        status: answer.statusCode,
        headers: answer.headers ?? {},
        body: Buffer.concat(chunks).toString('utf8'),
      };
    },
    /** All of it, for the control plane. */
    sdk: client,
  };
}
