import {
  MODELLED,
  npmPackage,
  type OperationsOf,
  partly,
  type ServiceFidelity,
} from '../../fidelity/fidelity.ts';
import type { createAccessManagementService } from './access-management-service.ts';

const MODELS = npmPackage('@alicloud/ram20150501', '1.2.1');

/** RAM: what there is of it, and who says so. */
export const accessManagementFidelity: ServiceFidelity<
  OperationsOf<ReturnType<typeof createAccessManagementService>>
> = {
  title: 'Resource Access Management',
  operations: {
    '2015-04-01': { GetCallerIdentity: MODELLED },
    '2015-05-01': {
      GetPolicy: partly('system policies; a policy has one version'),
      GetRole: partly('principals other than services'),
      ListPoliciesForRole: partly('system policies'),
      ListRoles: partly('the parameter `Tag`; roles have no tags'),
    },
  },
  refusal: '`InvalidAction.NotFound`, 404. Stacks write roles and policies',
  claims: [
    { claim: 'Parameters and fields', source: MODELS },
    {
      claim: 'A refusal is `NoPermission`, 403, and names the action in `AccessDeniedDetail`',
      source: 'inferred',
    },
    {
      claim:
        'The statuses of `InvalidParameter.ServiceName` and `InvalidParameter.RoleName.NotServiceLinkedRole`',
      source: 'inferred',
    },
    { claim: 'The ARNs that operations on roles are checked on', source: 'inferred' },
    {
      claim:
        '`sendevent-mns.eventbridge.aliyuncs.com` is the service of `AliyunServiceRoleForEventBridgeSendToMNS`',
      source: 'inferred',
    },
    { claim: '`PrincipalId` of `GetCallerIdentity` is the end of the ARN', source: 'ours' },
    {
      claim: 'What a service-linked role may do is not looked at: its service is believed',
      source: 'ours',
    },
  ],
};
