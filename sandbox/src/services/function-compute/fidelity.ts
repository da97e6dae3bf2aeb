import {
  MODELLED,
  npmPackage,
  type OperationFidelity,
  page,
  partly,
  type ServiceFidelity,
  undatedPage,
} from '../../fidelity/fidelity.ts';
import type { ControlOperationName } from './route.ts';

const RETRIES = page(
  'https://alibabacloud.com/help/en/functioncompute/fc-2-0/user-guide/retry-policy',
  '2024-06-12',
);
const RETRIES_3 = page(
  'https://www.alibabacloud.com/help/en/functioncompute/fc/error-handling-1-2',
  '2026-04-01',
);
const HANDLERS = page(
  'https://www.alibabacloud.com/help/en/functioncompute/fc/request-handlers',
  '2026-04-14',
);
const CONTEXT = undatedPage('https://alibabacloud.com/help/doc-detail/426947.html');
const FUNCTION_ERRORS = page(
  'https://www.alibabacloud.com/help/en/functioncompute/user-guide/error-handling-nodejs',
  '2024-04-08',
);
const ENVIRONMENT = page(
  'https://www.alibabacloud.com/help/en/functioncompute/fc/environment-variables',
  '2026-04-15',
);
const ASYNCHRONOUS = page(
  'https://www.alibabacloud.com/help/en/functioncompute/result-callback',
  '2026-04-01',
);
const CALLBACK = page('https://www.alibabacloud.com/help/en/fc/result-callback', '2024-09-19');
const TIMERS = page(
  'https://www.alibabacloud.com/help/en/functioncompute/fc/time-triggers',
  '2026-03-19',
);
const DEDUPLICATION = page(
  'https://www.alibabacloud.com/help/en/fc/task-deduplication',
  '2023-07-27',
);
const TASK = page(
  'https://alibabacloud.com/help/en/functioncompute/fc-3-0/developer-reference/api-fc-2023-03-30-struct-asynctask',
  '2025-12-19',
);
const TASK_ID = undatedPage(
  'https://www.alibabacloud.com/help/en/fc/developer-reference/api-fc-open-2021-04-06-getstatefulasyncinvocation',
);
const LOG_CONFIG = page(
  'https://alibabacloud.com/help/en/functioncompute/api-fc-2023-03-30-struct-logconfig',
  '2026-01-15',
);
const PRINTED = undatedPage('https://help.aliyun.com/en/functioncompute/fc/print-function-logs');
const LOG_FIELDS = undatedPage('https://www.alibabacloud.com/help/doc-detail/171396.htm');
const MODELS = npmPackage('@alicloud/fc20230330', '4.7.6');
const FC2 = npmPackage('@alicloud/fc2', '2.6.6');
const COMPONENT = undatedPage('https://github.com/devsapp/fc3/tree/4ca1c1b');

const LATEST = 'qualifiers other than `LATEST`: there are no versions and aliases';
const SETTINGS =
  'layers, `initializer` and `preStop`, more than one request an instance, runtimes other than `nodejs20`, networks, disks, tags, containers, GPUs';
const NONE = 'there are none, and none can be made';

/** Function Compute: what there is of it, and who says so. */
export const functionComputeFidelity: ServiceFidelity<{
  readonly '2016-08-15': Readonly<
    Record<'GetTempBucketToken' | 'InvokeFunction', OperationFidelity>
  >;
  readonly '2023-03-30': Readonly<
    Record<
      Exclude<ControlOperationName, 'GetTempBucketToken'> | 'InvokeFunction',
      OperationFidelity
    >
  >;
}> = {
  title: 'Function Compute',
  operations: {
    '2016-08-15': {
      GetTempBucketToken: MODELLED,
      InvokeFunction: partly(LATEST),
    },
    '2023-03-30': {
      CreateFunction: partly(SETTINGS),
      CreateTrigger: partly(
        'triggers other than timers; `eventbridge` is refused, as the service documents',
      ),
      DeleteAsyncInvokeConfig: partly(LATEST),
      DeleteConcurrencyConfig: MODELLED,
      DeleteFunction: MODELLED,
      DeleteTrigger: MODELLED,
      GetAsyncInvokeConfig: partly(LATEST),
      GetAsyncTask: partly(LATEST),
      GetConcurrencyConfig: MODELLED,
      GetFunction: partly(LATEST),
      GetFunctionCode: partly(LATEST),
      GetScalingConfig: partly(NONE),
      GetTrigger: MODELLED,
      InvokeFunction: partly(LATEST),
      ListAliases: partly(NONE),
      ListAsyncInvokeConfigs: MODELLED,
      ListAsyncTasks: partly(`filters and orders by time; ${LATEST}`),
      ListFunctionVersions: partly(NONE),
      ListFunctions: partly('filters other than `prefix`'),
      ListScalingConfigs: partly(NONE),
      ListTriggers: MODELLED,
      ListVpcBindings: partly(NONE),
      PutAsyncInvokeConfig: partly(`destinations other than queues; ${LATEST}`),
      PutConcurrencyConfig: MODELLED,
      StopAsyncTask: partly(LATEST),
      UpdateFunction: partly(SETTINGS),
      UpdateTrigger: partly('triggers other than timers'),
    },
  },
  refusal: '`PathNotSupported`',
  claims: [
    { claim: 'Paths, headers, parameters and fields of FC 3.0', source: MODELS },
    { claim: 'The invocation of FC 2.0, and its signature', source: FC2 },
    {
      claim:
        'What a deployment with Serverless Devs calls, in which order, and what it reads; `tempBucketToken`',
      source: COMPONENT,
    },
    {
      claim:
        'An event is a `Buffer`; a handler is `file.method`, a CommonJS module or, in `.mjs`, an ES module',
      source: HANDLERS,
    },
    { claim: 'The members of `context`', source: CONTEXT },
    {
      claim:
        'What is thrown becomes `errorMessage`, `errorType`, `stackTrace`; the message of a process that exits',
      source: FUNCTION_ERRORS,
    },
    {
      claim: 'Names, reserved names and the 4 KB of environment variables; the variables `FC_*`',
      source: ENVIRONMENT,
    },
    { claim: 'Asynchronous invocations: 202, and the queue behind it', source: ASYNCHRONOUS },
    { claim: 'The record that goes to a destination for failures', source: CALLBACK },
    {
      claim: 'Timers: `@every`, cron of six fields, UTC or `CRON_TZ=`; the event they send',
      source: TIMERS,
    },
    { claim: '100 instances an account and region', source: RETRIES_3 },
    {
      claim:
        'A time limit passes on the sandbox’s clock, never faster than real time, and stands when the clock does',
      source: 'ours',
    },
    {
      claim:
        'A failed asynchronous invocation is retried 3 times, or `maxAsyncRetryAttempts` times',
      source: [RETRIES, RETRIES_3],
    },
    {
      claim: 'One that is throttled is retried after 0.5, 1, 2, 4, … s',
      source: RETRIES,
    },
    { claim: 'A freeze breaks every connection that a function left open', source: 'inferred' },
    { claim: 'An idle instance is kept for 4 to 6 minutes', source: 'inferred' },
    {
      claim: 'The waits between tries of an asynchronous invocation that failed',
      source: 'inferred',
    },
    { claim: '`condition` of a failure record; `AsyncEventAgeExceeded`', source: 'inferred' },
    {
      claim: 'A role that can’t be assumed fails the attempt with `AccessDenied`',
      source: 'inferred',
    },
    {
      claim:
        'A task id that is used again is refused with 409; without one, the request’s id is the task’s',
      source: DEDUPLICATION,
    },
    { claim: 'What a task id may be: letters, digits, `_` and `-`, up to 128', source: TASK_ID },
    { claim: 'The statuses of a task', source: TASK },
    { claim: 'Where printed lines go: `logConfig`', source: LOG_CONFIG },
    {
      claim: 'What is printed has the topic `FCLogs:{function}`',
      source: PRINTED,
    },
    { claim: 'The fields `functionName` and `message` of a printed line', source: LOG_FIELDS },
    { claim: 'Its fields `requestId` and `instanceID`', source: 'inferred' },
    { claim: 'The code of 409 for a task id that is used again', source: 'inferred' },
    { claim: 'A task id means nothing where `asyncTask` is off', source: 'inferred' },
    { claim: 'Stopping a task that has ended is refused', source: 'inferred' },
    {
      claim: '`ConcurrencyConfigNotFound`; the statuses 200 and, for deletions, 204',
      source: 'inferred',
    },
    {
      claim: 'A handler’s file has to be in the package when the function is created',
      source: 'ours',
    },
  ],
};
