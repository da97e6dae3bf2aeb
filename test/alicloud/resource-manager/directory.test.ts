import { afterEach, describe, expect, it } from 'vitest';
import { createDirectory } from '../../../alicloud/resource-manager/directory.ts';
import { cloudErrorOf, credentials } from '../../support/adapters/errors.ts';
import {
  type Answer,
  faults,
  json,
  type RawServer,
  startRawServer,
} from '../../support/adapters/server.ts';

let server: RawServer;
afterEach(() => server.close());

async function connect(...answers: Answer[]) {
  server = await startRawServer(...answers);
  let calls = 0;
  const directory = createDirectory({
    endpoint: server.url,
    credentials,
    countCall: () => {
      calls += 1;
    },
  });
  return { directory, calls: () => calls };
}

const options = { timeoutMs: 5_000 };

const page = json({
  RequestId: 'CD76D376-2517-4924-92C5-DBC52262F93A',
  PageNumber: 2,
  PageSize: 100,
  TotalCount: 203,
  Accounts: {
    Account: [
      {
        AccountId: '1000000000000002',
        DisplayName: 'network',
        FolderId: 'r-Wm01',
        JoinMethod: 'created',
        JoinTime: '2024-09-10T08:00:00Z',
        ResourceDirectoryId: 'rd-k301',
        ResourceDirectoryPath: 'rd-k301/r-Wm01/1000000000000002',
        Status: 'CreateSuccess',
        Type: 'ResourceAccount',
      },
      {
        AccountId: '1000000000000004',
        DisplayName: 'sandbox',
        FolderId: 'fd-b2',
        JoinTime: '2024-09-10 08:00:00',
        ResourceDirectoryPath: 'rd-k301/r-Wm01/fd-b1/fd-b2/1000000000000004',
        Status: 'InviteSuccess',
      },
      { AccountId: '1000000000000005', FolderId: 'fd-b9', Status: 'CreateVerifying' },
    ],
  },
});

describe('listAccounts', () => {
  it('reads one page of 100', async () => {
    const { directory, calls } = await connect(page);
    expect(await directory.listAccounts(2, options)).toEqual({
      totalCount: 203,
      accounts: [
        {
          accountId: '1000000000000002',
          name: 'network',
          status: 'CreateSuccess',
          joinedAtMs: Date.UTC(2024, 8, 10, 8),
          folderIds: ['r-Wm01'],
        },
        {
          accountId: '1000000000000004',
          name: 'sandbox',
          status: 'InviteSuccess',
          folderIds: ['r-Wm01', 'fd-b1', 'fd-b2'],
        },
        { accountId: '1000000000000005', status: 'CreateVerifying', folderIds: ['fd-b9'] },
      ],
    });
    const [request] = server.seen;
    expect(request?.method).toBe('POST');
    expect(request?.headers['x-acs-action']).toBe('ListAccounts');
    expect(request?.headers['x-acs-version']).toBe('2020-03-31');
    expect(request?.headers['x-acs-security-token']).toBe(credentials.securityToken);
    expect(request?.headers.host).toBe(`127.0.0.1:${server.port}`);
    expect(request?.target).toBe('/?PageNumber=2&PageSize=100');
    expect(calls()).toBe(1);
  });

  it.each([
    // A 200 can carry an error.
    { RequestId: 'R', Code: 'Busy', Message: 'Later.' },
    { TotalCount: 1 },
    { TotalCount: 1, Accounts: {} },
    { Accounts: { Account: [] } },
    { TotalCount: 1, Accounts: { Account: [{ Status: 'CreateSuccess' }] } },
    { TotalCount: 1, Accounts: { Account: [{ AccountId: '', Status: 'CreateSuccess' }] } },
    { TotalCount: 1, Accounts: { Account: [{ AccountId: '1000000000000002' }] } },
  ])('refuses an answer without a part that is needed: %j', async (answer) => {
    const { directory } = await connect(json(answer));
    expect(await cloudErrorOf(directory.listAccounts(1, options))).toMatchObject({
      code: 'MalformedAnswer',
      operation: 'ListAccounts',
    });
  });

  it('keeps no connection', async () => {
    const { directory } = await connect(page);
    await directory.listAccounts(1, options);
    await server.untilNoSockets();
    expect(server.seen[0]?.headers.connection).toBe('close');
  });
});

describe('managementAccountId', () => {
  it('is the owner of the resource directory', async () => {
    const { directory, calls } = await connect(
      json({ ResourceDirectory: { MasterAccountId: '1000000000000001', RootFolderId: 'r-1' } }),
    );
    expect(await directory.managementAccountId(options)).toBe('1000000000000001');
    expect(server.seen[0]?.headers['x-acs-action']).toBe('GetResourceDirectory');
    expect(calls()).toBe(1);
  });

  it('refuses an answer without it', async () => {
    const { directory } = await connect(json({ ResourceDirectory: {} }));
    expect(await cloudErrorOf(directory.managementAccountId(options))).toMatchObject({
      code: 'MalformedAnswer',
      operation: 'GetResourceDirectory',
    });
  });
});

describe('an error of the service', () => {
  it.each([
    ['ResourceDirectoryNotInUse', 409],
    ['ServiceUnavailable', 503],
  ])('%s is translated with all that is known about it', async (code, status) => {
    const { directory } = await connect(
      json({ RequestId: 'R', Code: code, Message: 'No.' }, status),
    );
    const error = await cloudErrorOf(directory.managementAccountId(options));
    expect({ ...error, message: error.message, cause: error.cause }).toEqual({
      name: 'CloudError',
      operation: 'GetResourceDirectory',
      code,
      message: 'No.',
      statusCode: status,
      requestId: 'R',
      retryAfterMs: undefined,
      cause: undefined,
    });
  });

  it('throttling has the wait that the server asks for', async () => {
    const { directory } = await connect(
      json({ Code: 'Throttling.User', Message: 'Too many.' }, 400, { 'x-acs-retry-after': '900' }),
    );
    expect(await cloudErrorOf(directory.listAccounts(1, options))).toMatchObject({
      code: 'Throttling.User',
      statusCode: 400,
      requestId: undefined,
      retryAfterMs: 900,
    });
  });

  it('loses the credentials that a gateway repeats in its message', async () => {
    const { directory } = await connect((response, request) => {
      const headers = JSON.stringify(request.headers);
      const Message = `server string to sign is:${headers} ${'0a'.repeat(32)}`;
      json({ Code: 'SignatureDoesNotMatch', Message }, 400)(response, request);
    });
    // The header's own name, and nothing of its value.
    const call = directory.listAccounts(1, options);
    const error = await call.catch((reason: unknown) => reason);
    const shown = error instanceof Error ? error.message : '';
    expect(shown).toContain('server string to sign is:');
    expect(shown).toContain('Credential=***');
    expect(shown).toContain('Signature=***');
    expect(shown).toContain('"x-acs-security-token":"***"');
    expect(shown).not.toContain('0a0a');
  });
});

describe('a network fault', () => {
  for (const { name, code, reason = /^Malformed answer/, timeoutMs = 5_000, answer } of faults) {
    it(`${name} is ${code}`, async () => {
      const { directory, calls } = await connect(answer);
      const error = await cloudErrorOf(directory.listAccounts(1, { timeoutMs }));
      expect(error).toMatchObject({ code, operation: 'ListAccounts' });
      expect(error.message).toMatch(reason);
      expect(calls()).toBe(1);
      await server.untilNoSockets();
    });
  }

  it('a refused connection is NoAnswer', async () => {
    const { directory } = await connect(page);
    await server.close();
    expect(await cloudErrorOf(directory.listAccounts(1, options))).toMatchObject({
      code: 'NoAnswer',
      message: 'No answer: ECONNREFUSED.',
    });
  });
});

it('speaks TLS to an https endpoint', async () => {
  server = await startRawServer(page);
  const directory = createDirectory({
    endpoint: server.url.replace('http:', 'https:'),
    credentials,
    countCall: () => undefined,
  });
  // This server doesn't, so what it got was no request.
  const error = await cloudErrorOf(directory.listAccounts(1, options));
  expect(error.code).toBe('NoAnswer');
  expect(error.message).toMatch(/EPROTO|ERR_SSL/);
  expect(server.seen).toHaveLength(0);
});

it('an endpoint over plain HTTP must be loopback', () => {
  const connectTo = (endpoint: string) => () =>
    createDirectory({ endpoint, credentials, countCall: () => undefined });
  expect(connectTo('http://resourcemanager.aliyuncs.com')).toThrow(/https/);
  expect(connectTo('https://resourcemanager.aliyuncs.com')).not.toThrow();
});
