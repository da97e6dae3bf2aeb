import {
  MODELLED,
  type OperationsOf,
  page,
  partly,
  type ServiceFidelity,
  undatedPage,
} from '../../fidelity/fidelity.ts';
import type { createConfigService } from './config-service.ts';

const START = page(
  'https://www.alibabacloud.com/help/en/cloud-config/latest/api-config-2020-09-07-startconfigurationrecorder',
  '2026-03-13',
);
const START_2019 = undatedPage(
  'https://alibabacloud.com/help/en/cloud-config/latest/startconfigurationrecorder',
);
const GROUPS = undatedPage('https://help.aliyun.com/en/document_detail/211207.html');
const GROUP_CHANGES = page('https://www.alibabacloud.com/help/doc-detail/211220.htm', '2023-09-06');
const QUOTAS_2019 = undatedPage('https://help.aliyun.com/document_detail/2936822.html');
const QUOTAS_2020 = undatedPage('https://help.aliyun.com/document_detail/2932320.html');

const TWO_TYPES = '`ResourceTypes` names two of the many types';
const MODELS_2020 = undatedPage(
  'https://github.com/aliyun/alibabacloud-typescript-sdk/tree/34f551ef0cbb88c4015de6474948205762a8246f/config-20200907',
);

/** Cloud Config: what there is of it, and who says so. */
export const configFidelity: ServiceFidelity<OperationsOf<ReturnType<typeof createConfigService>>> =
  {
    title: 'Cloud Config',
    operations: {
      '2019-01-08': {
        DescribeConfigurationRecorder: partly(TWO_TYPES),
        StartConfigurationRecorder: partly(TWO_TYPES),
      },
      '2020-09-07': {
        GetAggregator: MODELLED,
        GetConfigurationRecorder: partly(TWO_TYPES),
        ListAggregators: partly('a second page, as there is one group'),
        StartConfigurationRecorder: partly(TWO_TYPES),
      },
    },
    refusal: '`InvalidAction.NotFound`, 404',
    claims: [
      {
        claim:
          'Operations, parameters, fields, statuses, and error codes with their messages and statuses',
        source: [START, START_2019],
      },
      {
        claim: 'A start answers the state before the work: `REGISTRABLE`',
        source: START_2019,
      },
      {
        claim: 'A start with `EnterpriseEdition` makes the global account group of all members',
        source: START_2019,
      },
      { claim: 'A new member joins that group by itself', source: [GROUPS, GROUP_CHANGES] },
      { claim: 'A removed member leaves the group by itself', source: GROUP_CHANGES },
      {
        claim: 'Building a member’s resource list takes minutes (2 to 10)',
        source: GROUPS,
      },
      {
        claim:
          'Fields of an account group; `AggregatorCreateTimestamp` is a text in `GetAggregator` and a number in `ListAggregators`. No model and no page has a `FolderName`',
        source: MODELS_2020,
      },
      {
        claim:
          'The global group’s `FolderId` is the root folder: the sample of `ListAggregators` begins with `r-`',
        source: 'inferred',
      },
      { claim: 'A group has no tags', source: 'ours' },
      { claim: 'How long each step takes: the durations of `ConfigOptions`', source: 'ours' },
      {
        claim:
          'Calls in 60 s: 60 of `StartConfigurationRecorder`, 300 of `DescribeConfigurationRecorder`',
        source: QUOTAS_2019,
      },
      {
        claim: 'Calls in 60 s: 500 of `GetAggregator`, 120 of `ListAggregators`',
        source: QUOTAS_2020,
      },
      {
        claim:
          '`ProcessIsRunning` for the first 10 s after a start; that code is documented, its time not',
        source: 'inferred',
      },
      {
        claim: 'Starting again is harmless, and adds members that the group lacks',
        source: 'inferred',
      },
      {
        claim:
          '`OrganizationEnableStatus` and `OrganizationMasterId` for the management account only',
        source: 'inferred',
      },
      {
        claim: '`NoPermission` for what RAM refuses, but for a start, where it is documented',
        source: 'inferred',
      },
      {
        claim: '`AccountNotExisted` of groups before an activation, as of sibling operations',
        source: 'inferred',
      },
      { claim: 'The management account is no member of the group', source: 'inferred' },
      {
        claim: 'Activating needs `ram:CreateServiceLinkedRole`, else `CreateSLRFail`',
        source: 'ours',
      },
    ],
  };
