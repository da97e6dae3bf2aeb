import {
  MODELLED,
  npmPackage,
  type OperationFidelity,
  page,
  partly,
  type ServiceFidelity,
  undatedPage,
} from '../../fidelity/fidelity.ts';
import type { ALERT_AND_DASHBOARD_OPERATIONS } from './operations/alerts-and-dashboards.ts';
import type {
  AccountOperationName,
  LogstoreOperationName,
  ProjectOperationName,
} from './routes.ts';

type OperationName =
  | (typeof ALERT_AND_DASHBOARD_OPERATIONS)[number]
  | AccountOperationName
  | LogstoreOperationName
  | ProjectOperationName;

const PUT_LOGS = page(
  'https://alibabacloud.com/help/en/sls/developer-reference/api-sls-2020-12-30-putlogs',
  '2025-12-15',
);
const ENCODING = page(
  'https://www.alibabacloud.com/help/es/sls/developer-reference/data-encoding',
  '2026-09-02',
);
const GET_LOGS = page(
  'https://alibabacloud.com/help/en/sls/developer-reference/use-getlogs-to-query-logs',
  '2025-12-10',
);
const SEARCH = page('https://help.aliyun.com/zh/sls/query-syntax', '2026-01-05');
const HEADERS = page(
  'https://alibabacloud.com/help/en/sls/developer-reference/common-request-headers',
  '2023-10-26',
);
const SIGNATURES = page(
  'https://www.alibabacloud.com/help/en/sls/developer-reference/request-signatures',
  '2026-05-27',
);
const ERROR_CODES = page(
  'https://alibabacloud.com/help/en/sls/developer-reference/error-codes',
  '2023-10-26',
);
const SHARDS = page('https://www.alibabacloud.com/help/doc-detail/29057.html', '2023-12-12');
const LIMITS = [
  undatedPage('https://www.alibabacloud.com/help/doc-detail/92571.htm'),
  page('https://www.alibabacloud.com/help/en/sls/user-guide/manage-shards', '2024-11-06'),
];
const LOGSTORES = page(
  'https://www.alibabacloud.com/help/en/sls/developer-reference/api-sls-2020-12-30-createlogstore',
  '2025-12-04',
);
const INDEXES = [
  page('https://www.alibabacloud.com/help/en/sls/api-createindex', '2026-02-04'),
  page(
    'https://www.alibabacloud.com/help/en/sls/developer-reference/api-sls-2020-12-30-updateindex',
    '2026-02-04',
  ),
  page('https://www.alibabacloud.com/help/tc/sls/data-types', '2025-08-23'),
];
const HISTOGRAMS = page(
  'https://alibabacloud.com/help/en/sls/developer-reference/use-gethistograms-to-query-the-distribution-of-logs',
  '2024-09-18',
);
const A_MINUTE = undatedPage(
  'https://help.aliyun.com/en/sls/developer-reference/use-the-java-sdk-to-write-logs',
);
const CLAUSES = page('https://www.alibabacloud.com/help/en/sls/sql-syntax', '2024-12-16');
const AGGREGATES = [
  undatedPage('https://help.aliyun.com/zh/sls/aggregate-function'),
  page('https://www.alibabacloud.com/help/doc-detail/63447.html', '2025-12-10'),
];
const WINDOWS = page('https://alibabacloud.com/help/en/doc-detail/63972.html', '2024-03-12');
const COMPARISONS = page('https://www.alibabacloud.com/help/doc-detail/67360.html', '2025-02-14');
const CHOICES = page('https://www.alibabacloud.com/help/doc-detail/63471.htm', '2024-03-13');
const CASTS = page('https://alibabacloud.com/help/doc-detail/63456.htm', '2024-03-11');
const TIMES = page(
  'https://github.com/AlibabaCloudDocs/sls/blob/070060e8ed0f1673d7b75459e4222b49ba3ce660/intl.en-US/Index%20and%20query/Analysis%20grammar/Date%20and%20time%20functions.md',
  '2021-02-05',
);
const NUMBERS = page(
  'https://github.com/AlibabaCloudDocs/sls/blob/070060e8ed0f1673d7b75459e4222b49ba3ce660/intl.en-US/Index%20and%20query/Analysis%20grammar/Mathematical%20calculation%20functions.md',
  '2021-03-24',
);
const TEXTS = undatedPage('https://www.alibabacloud.com/help/ja/sls/user-guide/string-functions-1');
const NO_INDEX = undatedPage('https://sls.aliyun.com/doc/sqlerror/key_not_config');
const SQL_ERRORS = undatedPage('https://sls.aliyun.com/doc/sqlerror');
const LIST_ALERTS = page(
  'https://www.alibabacloud.com/help/id/sls/developer-reference/api-sls-2020-12-30-listalerts',
  '2026-06-11',
);
const ACTIONS = page('https://alibabacloud.com/help/en/sls/action-list', '2026-02-03');
const ALERT_GUIDE = undatedPage(
  'https://help.aliyun.com/zh/sls/authorized-ram-user-operation-alarm',
);
const SKEWED = undatedPage('https://github.com/aliyun/aliyun-log-c-sdk/issues/49');
const MODELS = npmPackage('@alicloud/sls20201230', '5.9.0');
const WRITER = npmPackage('@alicloud/log', '1.2.6');

const LOGSTORE_SETTINGS =
  '`hot_ttl`, `infrequentAccessTTL`, `encrypt_conf`, `processorId`; `mode: query`, WebTracking, `appendMeta`, types of telemetry';
const INDEX = 'JSON fields, indexes of reserved fields, `log_reduce`, its own `ttl`, `storage`';
const NOT_FROM_STACKS = 'what no stack has created; times of creation';

/** Log Service: what there is of it, and who says so. */
export const logServiceFidelity: ServiceFidelity<{
  readonly '2020-12-30': Readonly<Record<OperationName, OperationFidelity>>;
}> = {
  title: 'Simple Log Service',
  operations: {
    '2020-12-30': {
      CreateIndex: partly(INDEX),
      CreateLogStore: partly(LOGSTORE_SETTINGS),
      CreateProject: partly('`dataRedundancyType`, `recycleBinEnabled`, `resourceGroupId`'),
      DeleteIndex: MODELLED,
      DeleteLogStore: MODELLED,
      DeleteProject: partly('`forceDelete`'),
      GetAlert: partly(NOT_FROM_STACKS),
      GetDashboard: partly(NOT_FROM_STACKS),
      GetHistograms: partly('`interval`; how the service divides a time range is not known'),
      GetIndex: MODELLED,
      GetLogStore: MODELLED,
      GetLogs: partly(
        'nanoseconds, `powerSql`, `highlight`, scans; statements beyond what its READMEs list',
      ),
      GetLogsV2: partly(
        'nanoseconds, `powerSql`, `highlight`, scans; statements beyond what its READMEs list',
      ),
      GetProject: MODELLED,
      ListAlerts: partly(`the filter \`logstore\`; ${NOT_FROM_STACKS}`),
      ListDashboard: partly(`filters by name and tags; ${NOT_FROM_STACKS}`),
      ListLogStores: partly('`mode`, `telemetryType`'),
      ListProject: partly('`fetchQuota`, `resourceGroupId`'),
      ListShards: partly('shards that were split or merged'),
      PutLogs: partly('writing by hash key'),
      UpdateIndex: partly(INDEX),
      UpdateLogStore: partly(LOGSTORE_SETTINGS),
      UpdateProject: partly('`recycleBinEnabled`'),
    },
  },
  refusal: '`SandboxUnsupportedOperation`',
  claims: [
    {
      claim: 'The parameters of GetLogs; an incomplete answer is one to ask for again',
      source: GET_LOGS,
    },
    {
      claim: 'What the SDKs send and read: paths, parameters, signatures, errors',
      source: [MODELS, WRITER],
    },
    { claim: 'Which headers a request has, and how it is signed', source: [HEADERS, SIGNATURES] },
    { claim: 'The codes, statuses and messages that all operations share', source: ERROR_CODES },
    { claim: 'Retention in days; 3,650 are for ever', source: LOGSTORES },
    { claim: 'Indexes of text, long and double, with `doc_value` for analytics', source: INDEXES },
    { claim: 'GetHistograms', source: HISTOGRAMS },
    { claim: 'PutLogs writes all of a request or nothing, in protobuf', source: PUT_LOGS },
    { claim: 'The encoding of logs', source: ENCODING },
    { claim: 'Search statements: precedence, wildcards, ranges', source: SEARCH },
    { claim: 'A field without an index is an error, not an empty result', source: NO_INDEX },
    {
      claim: 'Types, columns and names in analytic statements, and the messages of their errors',
      source: SQL_ERRORS,
    },
    {
      claim: 'GROUP BY, HAVING, LIMIT (100 rows without one), ORDER BY, UNION, WITH',
      source: CLAUSES,
    },
    { claim: 'Aggregates, `approx_percentile` among them', source: AGGREGATES },
    { claim: '`row_number`, `rank`, `dense_rank` over partitions', source: WINDOWS },
    { claim: 'Comparisons, BETWEEN, LIKE, IS NULL', source: COMPARISONS },
    { claim: '`case`, `if`, `coalesce`, `nullif`', source: CHOICES },
    { claim: '`cast`', source: CASTS },
    { claim: '`concat`, `lower`, `upper`', source: TEXTS },
    { claim: 'Functions of time, and Asia/Shanghai as their time zone', source: TIMES },
    { claim: 'Arithmetic, and `round`', source: NUMBERS },
    { claim: 'IN; NULLs come last; a bigint is divided to a bigint', source: 'inferred' },
    {
      claim:
        '`ListAlerts` takes `log:ListAlerts` on `*`, as the operation’s page has it; the list of actions narrows it to `alert/*` of the project, and the guide of the console asks for `log:ListJobs`',
      source: [LIST_ALERTS, ACTIONS, ALERT_GUIDE],
    },
    {
      claim: 'A clock that is more than 15 minutes off: `RequestTimeExpired`',
      source: [ERROR_CODES, SKEWED],
    },
    {
      claim:
        '4,096 logs and 3 MB a call, as the older page of PutLogs has it; the current one allows 10 MB',
      source: 'inferred',
    },
    {
      claim:
        'A log can be read 1–4 s after its arrival; a new logstore and a new index work after 5–60 s',
      source: 'inferred',
    },
    { claim: '500 writes a second and shard', source: SHARDS },
    {
      claim: 'The service may go on with more of them; here they are refused',
      source: LIMITS,
    },
    { claim: 'The code of that: `ShardWriteQuotaExceed`', source: 'inferred' },
    { claim: 'One waits about a minute before one queries a new index', source: A_MINUTE },
    { claim: 'The code for a Content-MD5 that does not fit', source: 'ours' },
    { claim: 'A key twice in a log, or a reserved one: `InvalidKey`', source: 'ours' },
    { claim: 'An empty group of logs: `PostBodyInvalid`', source: 'ours' },
    { claim: '`approx_percentile` is exact', source: 'ours' },
    {
      claim: 'NULL in an answer is the text `null`; a double is written as Java writes it',
      source: 'ours',
    },
  ],
};
