import {
  MODELLED,
  npmPackage,
  type OperationsOf,
  page,
  partly,
  type ServiceFidelity,
  undatedPage,
} from '../../fidelity/fidelity.ts';
import type { createProduct } from './resource-orchestration.ts';

const CREATE_CHANGE_SET = page(
  'https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-createchangeset',
  '2024-07-17',
);
const GET_CHANGE_SET = page(
  'https://alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-getchangeset',
  '2025-08-18',
);
const EXECUTE_CHANGE_SET = page(
  'https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-executechangeset',
  '2024-07-17',
);
const TEMPLATE = page(
  'https://alibabacloud.com/help/en/ros/user-guide/template-structure',
  '2024-09-04',
);
const FUNCTIONS = [
  page('https://www.alibabacloud.com/help/en/ros/user-guide/function-overview', '2024-03-28'),
  page('https://www.alibabacloud.com/help/en/ros/user-guide/function-sub', '2024-03-28'),
];
const CONDITIONS = [
  page(
    'https://www.alibabacloud.com/help/en/resource-orchestration-service/latest/conditions',
    '2024-03-15',
  ),
  page('https://alibabacloud.com/help/en/ros/user-guide/function-and', '2024-12-19'),
  page('https://alibabacloud.com/help/en/ros/user-guide/function-not', '2024-12-20'),
];
const PSEUDO_PARAMETERS = page(
  'https://alibabacloud.com/help/en/ros/user-guide/pseudo-parameters',
  '2024-07-29',
);
const PARAMETERS = undatedPage('https://help.aliyun.com/en/ros/user-guide/overview-10');
const RESOURCES = undatedPage('https://help.aliyun.com/en/ros/user-guide/resources');
const MODELS = npmPackage('@alicloud/ros20190910', '3.7.0');
const PROPERTIES = [
  npmPackage('@alicloud/ros-cdk-sls', '1.11.0'),
  npmPackage('@alicloud/ros-cdk-ram', '1.12.0'),
  npmPackage('@alicloud/ros-cdk-eventbridge', '1.15.0'),
];

/** Resource Orchestration Service: what there is of it, and who says so. */
export const resourceOrchestrationFidelity: ServiceFidelity<
  OperationsOf<ReturnType<typeof createProduct>>
> = {
  title: 'Resource Orchestration Service',
  operations: {
    '2019-09-10': {
      CreateChangeSet: partly(
        'importing, replacement, `TaintResources`, stack policies, RAM roles, tags, templates by URL or id, `ClientToken`, `NotificationURLs`, `Parallelism`, `ResourceGroupId`; types of resources other than the ten of its README',
      ),
      CreateStack: partly(
        '`CreateOption`, `DeletionProtection`, stack policies, RAM roles, tags, templates by URL or id, `ClientToken`, `NotificationURLs`, `Parallelism`, `ResourceGroupId`; a time-out, which is kept and shown',
      ),
      DeleteChangeSet: MODELLED,
      DeleteStack: partly('`DeleteOptions`, `Parallelism`, `RamRoleName`'),
      ExecuteChangeSet: partly('`ClientToken`'),
      GetChangeSet: partly('`ShowTemplate`; `Log`, `ResourceGroupId`, `Tags`'),
      GetStack: partly(
        '`LogOption`, `OutputOption`, `ShowResourceProgress`, `ClientToken`; what nested, drifted and tagged stacks have in its answer',
      ),
      GetTemplate: partly(
        'templates that are no stack’s or change set’s: `TemplateId`, `TemplateVersion`, `StackGroupName`; `TemplateStage`, `IncludePermission`, `IncludeTags`',
      ),
      ListStackEvents: MODELLED,
      ListStackResources: partly('`DriftDetectionTime`, `ModuleInfo`'),
      ListStacks: partly(
        '`StartTime`, `EndTime`, `ParentStackId`, `ShowNestedStack`, `StackIds`, `ResourceGroupId`, `Tag`',
      ),
      PreviewStack: partly(
        '`TaintResources`, stack policies, templates by URL or id, `EnablePreConfig`, `ClientToken`, `Parallelism`; `AcsResourceType` and nested stacks in its answer',
      ),
      ValidateTemplate: partly(
        '`TemplateURL`, `UpdateInfoOptions`, `ValidationOption`, `ClientToken`; the answer’s `UpdateInfo`',
      ),
    },
  },
  refusal: '`InvalidAction.NotFound`, 404',
  claims: [
    {
      claim: 'Parameters and fields of the operations',
      source: [MODELS, CREATE_CHANGE_SET, GET_CHANGE_SET, EXECUTE_CHANGE_SET],
    },
    { claim: 'The sections of a template', source: TEMPLATE },
    {
      claim: '`Ref`, `Fn::GetAtt`, `Fn::Join`, `Fn::If`, and `Fn::Sub` with or without a map',
      source: FUNCTIONS,
    },
    {
      claim:
        '`Fn::Equals`, `Fn::Not`, `Fn::And`, `Fn::Or`, over conditions by their names; resources, outputs and `Fn::If` go by them',
      source: CONDITIONS,
    },
    {
      claim: 'The pseudo parameters, and that `ALIYUN::NoValue` leaves an optional property out',
      source: PSEUDO_PARAMETERS,
    },
    { claim: 'Types and properties of parameters', source: PARAMETERS },
    { claim: '`Type`, `Properties` and `Condition` of a resource', source: RESOURCES },
    {
      claim: 'A list is `Fn::Join`ed, a number put into a text, as it is written',
      source: 'inferred',
    },
    {
      claim: 'A required property that is `ALIYUN::NoValue` is missing, not empty',
      source: 'ours',
    },
    {
      claim:
        'A change set looks at no quota, at no permission, and not at whether a property can be changed',
      source: CREATE_CHANGE_SET,
    },
    { claim: 'Names and types of the resources’ properties', source: PROPERTIES },
    {
      claim:
        'What a preview says of a property that is known only after execution, null as in OpenStack Heat; a preview of a name that is taken is refused; `RequiredBy` names the resources that need one',
      source: 'inferred',
    },
    {
      claim:
        'The code for an update that changes nothing, as public deployment tools meet it of UpdateStack',
      source: 'inferred',
    },
    {
      claim: 'Codes for a change set or a stack in the wrong state: `NotSupported`',
      source: 'ours',
    },
    {
      claim:
        'A creation that is rolled back keeps what has `DeletionPolicy: Retain`, as in OpenStack Heat',
      source: 'inferred',
    },
    {
      claim: 'Which permissions of the resources’ own services whoever applies a stack needs',
      source: 'inferred',
    },
    { claim: 'The text of a failed resource’s reason', source: 'inferred' },
    { claim: 'Events and stacks come the newest first', source: 'ours' },
    { claim: 'Physical ids of logstores and indexes', source: 'ours' },
    { claim: 'How long resources and change sets take: `stackResourceMs`', source: 'ours' },
    { claim: '`Forbidden`, 403, for an account that never activated ROS', source: 'inferred' },
  ],
};
