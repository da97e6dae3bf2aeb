import {
  npmPackage,
  type OperationsOf,
  page,
  partly,
  type ServiceFidelity,
  undatedPage,
} from '../../fidelity/fidelity.ts';
import type { createEventBridgeService } from './event-bridge-service.ts';

const PATTERNS = page(
  'https://www.alibabacloud.com/help/en/eventbridge/user-guide/event-patterns',
  '2026-03-11',
);
const RETRIES = page(
  'https://www.alibabacloud.com/help/en/eventbridge/user-guide/retry-and-dead-letter',
  '2026-03-11',
);
const BUSES = undatedPage(
  'https://www.alibabacloud.com/help/en/eventbridge/user-guide/event-bus-overview',
);
const OPERATIONS = undatedPage(
  'https://www.alibabacloud.com/help/en/eventbridge/list-of-operations-by-function',
);
const CLIENT = npmPackage('@alicloud/eventbridge', '1.3.2');
const PROPERTIES = npmPackage('@alicloud/ros-cdk-eventbridge', '1.15.0');

const ONE_BUS = 'buses other than `default`';

/** EventBridge: what there is of it, and who says so. */
export const eventBridgeFidelity: ServiceFidelity<
  OperationsOf<ReturnType<typeof createEventBridgeService>>
> = {
  title: 'EventBridge',
  operations: {
    '2020-04-01': {
      CreateRule: partly(`${ONE_BUS}; targets other than functions`),
      DeleteRule: partly(ONE_BUS),
      DeleteTargets: partly(ONE_BUS),
      DisableRule: partly(ONE_BUS),
      EnableRule: partly(ONE_BUS),
      GetRule: partly(ONE_BUS),
      ListRules: partly(ONE_BUS),
      ListTargets: partly(ONE_BUS),
      PutTargets: partly(
        `${ONE_BUS}; types other than \`acs.fc.function\`, \`ErrorsTolerance: NONE\`, \`ConcurrentConfig\`, \`DataFormat: ObjectList\``,
      ),
      UpdateRule: partly(ONE_BUS),
    },
  },
  refused: {
    PutEvents:
      'through `/openapi`, verified and then refused: the bus `default` takes events of Alibaba Cloud services only, and there is no other',
  },
  refusal: '`InvalidAction.NotFound`, 404; through `/openapi` `SandboxUnsupportedOperation`',
  claims: [
    { claim: 'The names of the operations', source: OPERATIONS },
    {
      claim:
        'Patterns: exact, `prefix`, `suffix`, `contains`, `anything-but`, `numeric`, `cidr` (IPv4), `exists`, empty text; any of a list, all of the keys',
      source: PATTERNS,
    },
    {
      claim:
        '`BACKOFF_RETRY`: 3 retries, each 10–20 s later; `EXPONENTIAL_DECAY_RETRY`: 176 retries after 1, 2, 4, … 512, 512, … s; then the dead-letter queue. The page is about event streams',
      source: RETRIES,
    },
    { claim: 'Up to 5 targets a rule; the members of a target', source: PROPERTIES },
    {
      claim:
        'The codes `EventRuleNotExisted` and `EventBusNotExist`, as Terraform’s provider meets them; those of targets, quota and name, as the open-source edition has them',
      source: [
        undatedPage('https://github.com/aliyun/terraform-provider-alicloud'),
        undatedPage('https://github.com/apache/rocketmq-eventbridge'),
      ],
    },
    { claim: 'What is sent to `/openapi`, its signature and its errors', source: CLIENT },
    {
      claim: 'At most 10 rules on the bus `default`: `EventRuleCountExceedLimit`',
      source: 'inferred',
    },
    {
      claim:
        'An error of EventBridge behind the RPC gateway is an answer of the status 200 with `Success: false`',
      source: 'inferred',
    },
    {
      claim: 'The events of writes to the resource directory exist, and their form',
      source: 'inferred',
    },
    {
      claim: '`EventRuleExisted`, `EventPatternInvalid`, and the names that a rule may have',
      source: 'inferred',
    },
    { claim: 'A function’s own error fails a synchronous push', source: 'inferred' },
    { claim: 'An array in an event matches when one of its values does', source: 'inferred' },
    { claim: 'The message in a dead-letter queue is the event', source: 'inferred' },
    {
      claim:
        'The bus `default` takes events of Alibaba Cloud services only; those of others need a custom bus',
      source: BUSES,
    },
    { claim: 'The code for events put on the bus `default`', source: 'ours' },
    {
      claim: '`InvocationType` has to be given, and parameters have to agree with the endpoint',
      source: 'ours',
    },
  ],
};
