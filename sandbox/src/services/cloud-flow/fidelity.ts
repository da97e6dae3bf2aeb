import {
  npmPackage,
  type OperationsOf,
  page,
  partly,
  type ServiceFidelity,
  undatedPage,
} from '../../fidelity/fidelity.ts';
import type { createCloudFlowService } from './cloud-flow-service.ts';

const ERRORS = page(
  'https://www.alibabacloud.com/help/en/serverless-workflow/latest/error-handling',
  '2026-03-11',
);
const DEFINITION = undatedPage('https://help.aliyun.com/document_detail/2412487.html');
const DATA = undatedPage('https://help.aliyun.com/document_detail/2402077.html');
const FUNCTIONS = undatedPage('https://help.aliyun.com/document_detail/2579872.html');
const LIMITS = undatedPage('https://help.aliyun.com/document_detail/122093.html');
const STATES = [
  ...['pass-pass', 'succeeded', 'fail', 'task-task'].map((name) =>
    undatedPage(`https://www.alibabacloud.com/help/en/serverless-workflow/latest/${name}`),
  ),
  page('https://www.alibabacloud.com/help/en/serverless-workflow/latest/wait-wait', '2026-03-11'),
  page('https://alibabacloud.com/help/en/serverless-workflow/latest/select-choice', '2025-09-10'),
];
const CONDITIONS = page(
  'https://alibabacloud.com/help/tc/serverless-workflow/latest/select-choice',
  '2024-07-06',
);
const FUNCTION_TASKS = [
  'https://www.alibabacloud.com/help/en/serverless-workflow/latest/integrated-function-compute',
  'https://www.alibabacloud.com/help/en/serverless-workflow/latest/service-integration-pattern',
].map(undatedPage);
const DATA_PASSING = undatedPage(
  'https://www.alibabacloud.com/help/en/serverless-workflow/latest/data-transfer',
);
const CLIENT = npmPackage('@alicloud/fnf-2019-03-15', '1.2.0');

/** CloudFlow: what there is of it, and who says so. */
export const cloudFlowFidelity: ServiceFidelity<
  OperationsOf<ReturnType<typeof createCloudFlowService>>
> = {
  title: 'CloudFlow',
  operations: {
    '2019-03-15': {
      DescribeExecution: partly('waiting for an end by `WaitTimeSeconds`'),
      DescribeFlow: partly('flows that no stack has created'),
      ListFlows: partly('flows that no stack has created'),
      StartExecution: partly(
        'callbacks by `CallbackFnFTaskToken`; express mode; states `Parallel` and `Map`, and the rest that the README of cloud-flow lists',
      ),
    },
  },
  refusal: '`InvalidAction.NotFound`, 404. Stacks create, update and delete flows',
  claims: [
    { claim: 'Operations, parameters and fields', source: CLIENT },
    {
      claim: 'Flow definitions: `Type: StateMachine`, `SpecVersion: v1`, their states',
      source: DEFINITION,
    },
    { claim: 'What each state does: Pass, Succeed, Fail, Choice, Wait, Task', source: STATES },
    {
      claim:
        'Conditions: comparisons of texts and numbers, `||`, `&&`, `true`, `false`, text in `"…"` or in backquotes',
      source: CONDITIONS,
    },
    {
      claim: '`FC:InvokeFunction`, `RequestComplete` and `Sync`, on a function’s ARN',
      source: FUNCTION_TASKS,
    },
    { claim: '`$Input`, `$Output`, `$Context`', source: DATA_PASSING },
    { claim: '`InputConstructor`, `OutputConstructor`, `Parameters`, expressions', source: DATA },
    { claim: '`intAdd`, `jsonMerge`', source: FUNCTIONS },
    { claim: '`Retry`, then `Catch`, the first rule that matches; `FnF.ALL`', source: ERRORS },
    { claim: '64 KiB a step’s data, 5,000 events an execution', source: LIMITS },
    { claim: 'The answer of a function is `$Output.Body`', source: 'inferred' },
    {
      claim: 'An error of Function Compute is `FC.{code}`; a function’s own has its `name` as code',
      source: 'inferred',
    },
    {
      claim: 'Attempts are counted for each rule; an error without a rule is the execution’s',
      source: 'inferred',
    },
    { claim: '`ExecutionAlreadyExists` is 400', source: 'inferred' },
    { claim: 'The names of events, and which of them count', source: 'inferred' },
    {
      claim: '`SandboxNotModelled` in the output of an execution that meets what is not there',
      source: 'ours',
    },
  ],
};
