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
        'A failed asynchronous invocation is retried 3 times, or `maxAsyncRetryAttempts` times',
      source: RETRIES,
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
