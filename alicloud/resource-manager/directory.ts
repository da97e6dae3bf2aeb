import * as sdk from '@alicloud/resourcemanager20200331';
import * as v from 'valibot';
import type { Directory, DirectoryAccount } from '../../workflows/onboarding/ports.ts';
import type { Credentials } from '../credentials.ts';
import { parseEndpoint } from '../endpoint.ts';
import { malformedAnswer } from '../failure.ts';
import { openApiConfig, unwrapDefault } from '../open-api.ts';
import { openApiFailure } from '../open-api-failure.ts';
import { createRedact } from '../redact.ts';
import { withTimeout } from '../timeout.ts';

const PAGE_SIZE = 100;

const Client = unwrapDefault(sdk.default);

export interface DirectoryOptions {
  /** Base URL, for example `https://resourcemanager.aliyuncs.com`. */
  readonly endpoint: string;
  readonly credentials: Credentials;
  /** Called before every request. */
  readonly countCall: () => void;
}

const accountsSchema = v.object({
  // Required: an answer without them must not read as a directory without accounts. The SDK
  // resolves a 200 that carries an error code.
  totalCount: v.number(),
  accounts: v.object({
    account: v.array(
      v.object({
        accountId: v.pipe(v.string(), v.minLength(1)),
        displayName: v.optional(v.string()),
        folderId: v.optional(v.string()),
        joinTime: v.optional(v.string()),
        resourceDirectoryPath: v.optional(v.string()),
        status: v.string(),
      }),
    ),
  }),
});

const directorySchema = v.object({
  resourceDirectory: v.object({ masterAccountId: v.pipe(v.string(), v.minLength(1)) }),
});

export function createDirectory(options: DirectoryOptions): Directory {
  const { credentials, countCall } = options;
  const url = parseEndpoint(options.endpoint);
  const redact = createRedact(credentials);

  async function call<S extends v.GenericSchema>(
    operation: string,
    timeoutMs: number,
    schema: S,
    run: (client: InstanceType<typeof Client>) => Promise<{ readonly body?: unknown }>,
  ): Promise<v.InferOutput<S>> {
    const answer = await withTimeout(operation, timeoutMs, async () => {
      countCall();
      try {
        return await run(clientFor(timeoutMs));
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
  }

  /** One for each call: its timeouts end what `within` no longer waits for. */
  function clientFor(timeoutMs: number): InstanceType<typeof Client> {
    return new Client(openApiConfig({ endpoint: url, credentials, timeoutMs }));
  }

  return {
    pageSize: PAGE_SIZE,

    async managementAccountId({ timeoutMs }) {
      const { resourceDirectory } = await call(
        'GetResourceDirectory',
        timeoutMs,
        directorySchema,
        (client) => client.getResourceDirectory(),
      );
      return resourceDirectory.masterAccountId;
    },

    async listAccounts(pageNumber, { timeoutMs }) {
      const { accounts, totalCount } = await call(
        'ListAccounts',
        timeoutMs,
        accountsSchema,
        (client) =>
          client.listAccounts(new sdk.ListAccountsRequest({ pageNumber, pageSize: PAGE_SIZE })),
      );
      return { totalCount, accounts: accounts.account.map(toAccount) };
    },
  };
}

type ListedAccount = v.InferOutput<typeof accountsSchema>['accounts']['account'][number];

function toAccount(account: ListedAccount): DirectoryAccount {
  const { accountId, displayName, status, joinTime } = account;
  const joinedAtMs = joinTime === undefined ? undefined : instant(joinTime);
  return {
    accountId,
    status,
    folderIds: folderIds(account),
    ...(displayName !== undefined && { name: displayName }),
    ...(joinedAtMs !== undefined && { joinedAtMs }),
  };
}

/** Of `rd-x/r-x/fd-x/accountId`: the root folder `r-` and the folders `fd-`. */
function folderIds({ resourceDirectoryPath, folderId }: ListedAccount): string[] {
  const inPath = (resourceDirectoryPath ?? '').split('/').filter((id) => /^(r|fd)-/.test(id));
  return inPath.length === 0 && folderId !== undefined ? [folderId] : inPath;
}

/** `undefined` for what is not a point in time by itself, such as one without its zone. */
function instant(text: string): number | undefined {
  const ms = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})$/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
