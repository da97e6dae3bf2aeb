import { type Reader, readObject } from '../../../protocols/reader.ts';
import { type CodePackage, readCodePackage } from '../code-package.ts';
import { functionComputeError } from '../errors.ts';
import { functionArn } from '../function-arn.ts';
import type { RegisteredFunction } from '../function-registry.ts';
import { readFunctionSettings, settingsAnswer } from '../function-settings.ts';
import {
  type ControlCall,
  type ControlOperation,
  type ControlPorts,
  isoTime,
  pageOf,
  requireLatest,
} from './operation.ts';

const CODE_BUCKET = 'fc-code';
/** The documented sample of GetFunctionCode is valid about as long. */
const DOWNLOAD_SECONDS = 30 * 60;

/** CreateFunction, DeleteFunction, GetFunction, GetFunctionCode, ListFunctions, UpdateFunction. */
export function functionOperations(ports: ControlPorts) {
  const { functions, objectStorage } = ports;

  const arnOf = (name: string) =>
    functionArn({ region: ports.world.region, accountId: ports.accountId }, name);

  const answer = (registered: RegisteredFunction) => {
    const { config, code } = registered.deployed;
    return {
      ...settingsAnswer(config),
      functionId: registered.functionId,
      functionArn: arnOf(config.name),
      codeSize: code.zip.length,
      codeChecksum: code.checksum,
      createdTime: isoTime(registered.createdAtMs),
      lastModifiedTime: isoTime(registered.modifiedAtMs),
      lastUpdateStatus: 'Successful',
      state: 'Active',
    };
  };

  const passRole = (call: ControlCall, roleArn: string | undefined): void => {
    if (roleArn !== undefined) call.authorize('ram:PassRole', roleArn);
  };

  return {
    CreateFunction: {
      action: 'CreateFunction',
      resource: 'named later',
      handle(call) {
        const { config, code } = call.body((body) => {
          body.require('code');
          const config = readFunctionSettings(body);
          call.authorize('fc:CreateFunction', arnOf(config.name));
          return { config, code: readCode(body, ports) };
        });
        if (code === undefined) throw functionComputeError('InvalidArgument', 'code: is required');
        passRole(call, config.roleArn);
        functions.create(config, code());
        return answer(functions.get(config.name));
      },
    },
    UpdateFunction: {
      action: 'UpdateFunction',
      resource: 'function',
      handle(call) {
        const registered = functions.get(call.functionName);
        const { config: old, code: oldCode } = registered.deployed;
        const { given, code } = call.body((body) => {
          const code = readCode(body, ports);
          if (body.has('functionName')) body.problem('functionName', 'it can not be changed');
          body.anything('functionName');
          return { given: restOf(body), code };
        });
        // What is not given stays.
        const problems: string[] = [];
        const merged = readObject({ ...settingsAnswer(old), ...given }, '', problems);
        const config = readFunctionSettings(merged);
        merged.finish();
        if (problems.length > 0) {
          throw functionComputeError('InvalidArgument', problems.join('; '));
        }
        if (config.roleArn !== old.roleArn) passRole(call, config.roleArn);
        functions.update(call.functionName, config, code?.() ?? oldCode);
        return answer(registered);
      },
    },
    GetFunction: {
      action: 'GetFunction',
      resource: 'function',
      query: ['qualifier'],
      handle(call) {
        requireLatest(call.query('qualifier'));
        return answer(functions.get(call.functionName));
      },
    },
    GetFunctionCode: {
      action: 'GetFunctionCode',
      resource: 'function',
      query: ['qualifier'],
      handle(call) {
        requireLatest(call.query('qualifier'));
        const { code } = functions.get(call.functionName).deployed;
        const object = { bucket: CODE_BUCKET, key: `${ports.accountId}/${code.checksum}` };
        objectStorage.put(object, code.zip);
        const asked = call.call.request.headers.host ?? '';
        return {
          checksum: code.checksum,
          url: objectStorage.signedUrl(asked, object, DOWNLOAD_SECONDS),
        };
      },
    },
    DeleteFunction: {
      action: 'DeleteFunction',
      resource: 'function',
      handle(call) {
        functions.get(call.functionName);
        // Gone at once; its processes end by and by.
        void functions.remove(call.functionName);
        return undefined;
      },
    },
    ListFunctions: {
      action: 'ListFunctions',
      resource: 'functions',
      query: ['limit', 'nextToken', 'prefix', 'fcVersion'],
      handle(call) {
        const v3 = functions.all().filter(({ deployed }) => !deployed.config.name.includes('/'));
        const page = pageOf(call, v3, ({ deployed }) => deployed.config.name);
        return { functions: page.items.map(answer), nextToken: page.nextToken };
      },
    },
  } as const satisfies Record<string, ControlOperation>;
}

/** The body's keys that nobody has asked for yet. */
function restOf(body: Reader): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    body
      .keys()
      .filter((key) => key !== 'code' && key !== 'functionName')
      .map((key) => [key, body.anything(key)]),
  );
}

/** Of `InputCodeLocation`. It is fetched and unpacked when it is called. */
function readCode(body: Reader, { objectStorage }: ControlPorts): (() => CodePackage) | undefined {
  const given = body.object('code');
  if (given === undefined) return undefined;
  const zipFile = given.text('zipFile');
  const bucket = given.text('ossBucketName');
  const key = given.text('ossObjectName');
  const checksum = given.text('checksum');
  given.finish();
  const isObject = bucket !== undefined && key !== undefined;
  if ((zipFile === undefined) !== isObject) {
    body.problem('code', 'either zipFile, or ossBucketName and ossObjectName');
  }
  return () => {
    const code = readCodePackage(zipOf());
    if (checksum !== undefined && checksum !== code.checksum) {
      throw functionComputeError(
        'InvalidArgument',
        `code.checksum: '${checksum}' is not the package's, ${code.checksum}`,
      );
    }
    return code;
  };

  function zipOf(): Buffer {
    if (bucket === undefined || key === undefined) return Buffer.from(zipFile ?? '', 'base64');
    const object = objectStorage.get({ bucket, key });
    if (object !== undefined) return object;
    throw functionComputeError(
      'InvalidArgument',
      `unable to access object ${key} in bucket ${bucket}`,
    );
  }
}
