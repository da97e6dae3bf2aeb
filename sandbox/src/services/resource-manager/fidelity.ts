import {
  MODELLED,
  npmPackage,
  type OperationsOf,
  page,
  partly,
  type ServiceFidelity,
} from '../../fidelity/fidelity.ts';
import type { createResourceManagerService } from './resource-manager-service.ts';

const LIST_ACCOUNTS = page(
  'https://www.alibabacloud.com/help/en/resource-management/developer-reference/api-resourcemanager-2020-03-31-listaccounts',
  '2024-06-05',
);
const GET_ACCOUNT = page(
  'https://www.alibabacloud.com/help/en/resource-management/developer-reference/api-resourcedirectorymaster-2022-04-19-getaccount',
  '2023-12-18',
);
const MODELS = npmPackage('@alicloud/resourcemanager20200331', '2.6.1');
const SERVICE_LINKED_ROLE = page(
  'https://alibabacloud.com/help/en/resource-management/resource-group/developer-reference/api-resourcemanager-2020-03-31-createservicelinkedrole-rg',
  '2024-06-05',
);

/** The resource directory: what there is of it, and who says so. */
export const resourceManagerFidelity: ServiceFidelity<
  OperationsOf<ReturnType<typeof createResourceManagerService>>
> = {
  title: 'Resource Management',
  operations: {
    '2020-03-31': {
      AcceptHandshake: MODELLED,
      CreateResourceAccount: partly(
        'the parameters `AccountNamePrefix`, `PayerAccountId`, `ResellAccountType`; creating takes no time',
      ),
      CreateServiceLinkedRole: partly(
        'services other than EventBridge’s three and Cloud Config; suffixes',
      ),
      DeleteServiceLinkedRole: partly(
        'a deletion that takes time, or fails because the role is in use',
      ),
      GetAccount: partly(
        'the name that a promotion gives in `AccountName`; changes of an e-mail address in `EmailStatus`',
      ),
      GetResourceDirectory: MODELLED,
      GetRole: partly('`LatestDeletionTask`'),
      GetServiceLinkedRoleDeletionStatus: partly('any status but `SUCCEEDED`, and reasons'),
      InviteAccountToResourceDirectory: partly('`TargetType` `Email`; the parameter `Tag`'),
      ListAccounts: MODELLED,
      ListAccountsForParent: MODELLED,
      ListFoldersForParent: MODELLED,
      ListRoles: MODELLED,
      PromoteResourceAccount: partly(
        'the e-mail: the person who confirms it is `directory.setStatus`, or `POST /sandbox/accounts/{accountId}/status`',
      ),
      RemoveCloudAccount: MODELLED,
    },
  },
  refusal: '`InvalidAction.NotFound`, 404',
  claims: [
    { claim: 'Parameters, fields, statuses of accounts', source: [MODELS, LIST_ACCOUNTS] },
    {
      claim:
        'Tags, `AccountName`, `EmailStatus`, `IdentityInformation` and `Location` of an account',
      source: [MODELS, GET_ACCOUNT],
    },
    {
      claim:
        'Tags are answered only with `IncludeTags`; of several in a filter all have to fit, one without a value fits any; `QueryKeyword` is a part of a name; `Location` has the names of folders',
      source: 'inferred',
    },
    { claim: 'The names that `IdentityInformation` and an invited account have', source: 'ours' },
    {
      claim: 'Pages from 1, of 1 to 100 entries, 10 if nothing is said',
      source: LIST_ACCOUNTS,
    },
    {
      claim:
        '`PromoteVerifying`, `PromoteFailed`, `PromoteExpired` and `PromoteCancelled` are statuses of members',
      source: [MODELS, LIST_ACCOUNTS],
    },
    {
      claim: '`ram:ServiceName` is a condition key of `ram:CreateServiceLinkedRole`',
      source: SERVICE_LINKED_ROLE,
    },
    {
      claim:
        'Calls a second: 20 of `ListAccounts`, of which another page says 50; 50 of the other reads of accounts',
      source: 'inferred',
    },
    {
      claim:
        '`ResourceDirectoryNotInUse` is 404; of the others `EntityNotExists.ResourceDirectory` is',
      source: 'inferred',
    },
    {
      claim:
        '`NoPermission.ResourceDirectory.MemberAccount`, 409, for a member that asks what only the management account may; documented for Resource Center',
      source: 'inferred',
    },
    { claim: 'The management account is not in `ListAccounts`', source: 'inferred' },
    {
      claim:
        '`EntityNotExists.Handshake` and `HandshakeStatusMismatch` exist; statuses and messages are ours',
      source: 'inferred',
    },
    { claim: '`HandshakeTargetMismatch`', source: 'ours' },
    {
      claim:
        'Writes are checked on `*` where no page names a resource; `CreateResourceAccount` on `folder/*`',
      source: 'inferred',
    },
  ],
};
