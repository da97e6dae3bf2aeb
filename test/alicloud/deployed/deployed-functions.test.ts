import { createHash } from 'node:crypto';
import AdmZip from 'adm-zip';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDeployedFunctions } from '../../../alicloud/function-compute/deployed-functions.ts';
import { downloadCode } from '../../../alicloud/function-compute/download-code.ts';
import { cloudErrorOf, credentials } from '../../support/adapters/errors.ts';
import {
  type Answer,
  json,
  type RawServer,
  startRawServer,
} from '../../support/adapters/server.ts';

const options = { timeoutMs: 5_000 };
type Functions = ReturnType<typeof createDeployedFunctions>;

let server: RawServer;
async function serve(...answers: Answer[]): Promise<RawServer> {
  server = await startRawServer(...answers);
  onTestFinished(() => server.close());
  return server;
}
async function connect(answer: Answer): Promise<Functions> {
  return createDeployedFunctions({ endpoint: (await serve(answer)).url, credentials });
}

const refusal = (Code: string, status: number) => json({ Code, Message: `${Code}.` }, status);
const bytes =
  (body: Buffer, status = 200): Answer =>
  (response) => {
    response.writeHead(status, { 'content-length': body.length });
    response.end(body);
  };

const trigger = {
  triggerName: 'schedule',
  triggerType: 'timer',
  qualifier: 'LATEST',
  triggerConfig: '{"cronExpression":"@every 5m","enable":true}',
  createdTime: '2026-11-20T00:00:00Z',
};

const READS = [
  {
    what: 'a function',
    operation: 'GetFunction',
    target: '/2023-03-30/functions/backfill',
    answer: {
      functionName: 'backfill',
      timeout: 780,
      environmentVariables: { LOG_STORE: 'results' },
      lastModifiedTime: '2026-11-20T00:00:00Z',
    },
    found: {
      lastModifiedTime: '2026-11-20T00:00:00Z',
      settings: {
        functionName: 'backfill',
        timeout: 780,
        environmentVariables: { LOG_STORE: 'results' },
        lastModifiedTime: '2026-11-20T00:00:00Z',
      },
    },
    absent: ['FunctionNotFound'],
    read: (functions: Functions) => functions.find('backfill', options),
  },
  {
    what: 'a trigger',
    operation: 'GetTrigger',
    target: '/2023-03-30/functions/backfill/triggers/schedule',
    answer: trigger,
    found: {
      type: 'timer',
      qualifier: 'LATEST',
      config: { cronExpression: '@every 5m', enable: true },
      createdTime: '2026-11-20T00:00:00Z',
    },
    absent: ['TriggerNotFound', 'FunctionNotFound'],
    read: (functions: Functions) => functions.trigger('backfill', 'schedule', options),
  },
  {
    what: 'an asynchronous configuration',
    operation: 'GetAsyncInvokeConfig',
    target: '/2023-03-30/functions/backfill/async-invoke-config?qualifier=LATEST',
    answer: { asyncTask: true, maxAsyncRetryAttempts: 0 },
    found: { asyncTask: true, maxAsyncRetryAttempts: 0 },
    absent: ['AsyncConfigNotExists', 'AsyncInvokeConfigNotFound', 'FunctionNotFound'],
    read: (functions: Functions) => functions.asyncInvokeConfig('backfill', options),
  },
  {
    what: 'a reserved concurrency',
    operation: 'GetConcurrencyConfig',
    target: '/2023-03-30/functions/backfill/concurrency',
    answer: { functionArn: 'a', reservedConcurrency: 3 },
    found: 3,
    absent: ['ConcurrencyConfigNotFound', 'FunctionNotFound'],
    read: (functions: Functions) => functions.reservedConcurrency('backfill', options),
  },
];

describe.each(READS)('$what', ({ operation, target, answer, found, absent, read }) => {
  it('that is there', async () => {
    expect(await read(await connect(json(answer)))).toEqual(found);
    expect(server.seen[0]).toMatchObject({ method: 'GET', target });
  });

  it.each(absent)('that is not there: %s', async (code) => {
    expect(await read(await connect(refusal(code, 404)))).toBeUndefined();
  });

  it('that may not be read', async () => {
    expect(await cloudErrorOf(read(await connect(refusal('AccessDenied', 403))))).toMatchObject({
      operation,
      code: 'AccessDenied',
    });
  });
});

it('a trigger whose configuration is no JSON is a malformed answer', async () => {
  const functions = await connect(json({ ...trigger, triggerConfig: '{' }));
  expect(await cloudErrorOf(functions.trigger('backfill', 'schedule', options))).toMatchObject({
    code: 'MalformedAnswer',
  });
});

function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const zip = new AdmZip();
  for (const [path, text] of Object.entries(files)) zip.addFile(path, Buffer.from(text));
  zip.addFile('folder/', Buffer.alloc(0));
  return zip.toBuffer();
}
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('code', () => {
  it('is looked up, downloaded without credentials, and known by its files', async () => {
    const zip = bytes(zipOf({ 'index.js': 'exports', 'folder/more.js': '' }));
    await serve((response, request) => {
      const code = json({ url: `${server.url}/code.zip?Signature=x`, checksum: '1' });
      (request.target.startsWith('/code.zip') ? zip : code)(response, request);
    });
    const functions = createDeployedFunctions({ endpoint: server.url, credentials });
    expect(await functions.code('backfill', options)).toEqual({
      'index.js': sha256('exports'),
      'folder/more.js': sha256(''),
    });
    expect(server.seen.map(({ target }) => target)).toEqual([
      '/2023-03-30/functions/backfill/code?qualifier=LATEST',
      '/code.zip?Signature=x',
    ]);
    expect(JSON.stringify(server.seen[1]?.headers)).not.toMatch(/authorization|STS|token/i);
  });

  it('of a function that is not there', async () => {
    const functions = await connect(refusal('FunctionNotFound', 404));
    expect(await functions.code('backfill', options)).toBeUndefined();
  });

  it.each([
    ['no ZIP', bytes(Buffer.from('<html>')), 'MalformedAnswer'],
    ['refused', bytes(Buffer.from('<Error/>'), 403), 'MalformedAnswer'],
    ['reset', (response) => response.socket?.resetAndDestroy(), 'NoAnswer'],
    ['never sent', () => undefined, 'NoAnswer'],
    [
      'broken off',
      (response) => {
        response.writeHead(200, { 'content-length': 1_000 });
        response.write('PK', () => response.socket?.destroy());
      },
      'NoAnswer',
    ],
  ] satisfies [string, Answer, string][])('that is %s', async (_, answer, code) => {
    const { url } = await serve(answer);
    const download = downloadCode(`${url}/code.zip?Signature=secret`, { timeoutMs: 300 });
    const error = await cloudErrorOf(download);
    expect(error).toMatchObject({ operation: 'GetFunctionCode', code });
    expect(error.message).not.toContain('secret');
  });
});
