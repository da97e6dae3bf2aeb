import { ServiceError } from '../../../protocols/service-error.ts';
import type { ResourceAction } from '../stack/stack.ts';
import type { ValueMap } from '../template/value.ts';
import { mapOf, mapsOf, textOf } from './properties.ts';

/** Where resources are: for their ARNs. */
export interface ResourcePlace {
  readonly region: string;
  readonly accountId: string;
}

/** An action of RAM, and the ARN that it is asked for. */
type Permission = readonly [action: string, resource: string];

interface TypePermissions {
  readonly create: readonly string[];
  readonly update: readonly string[];
  readonly delete: readonly string[];
  arn(properties: ValueMap, place: ResourcePlace): string;
  /** Beside those on the resource itself. */
  others?(
    properties: ValueMap,
    action: ResourceAction,
    place: ResourcePlace,
  ): readonly Permission[];
}

const project = ({ region, accountId }: ResourcePlace, name: string) =>
  `acs:log:${region}:${accountId}:project/${name}`;
const logstore = (properties: ValueMap, place: ResourcePlace) =>
  `${project(place, textOf(properties, 'ProjectName'))}/logstore/${textOf(properties, 'LogstoreName')}`;
const policy = ({ accountId }: ResourcePlace, name: string) =>
  `acs:ram:*:${accountId}:policy/${name}`;

/**
 * What whoever works on a stack has to be allowed for each type, as the services' own operations
 * need it. Sources: the operations that each type stands for, and the RAM tables of the services.
 */
const PERMISSIONS: Readonly<Record<string, TypePermissions>> = {
  'ALIYUN::EventBridge::Rule': {
    create: ['eventbridge:CreateRule'],
    update: ['eventbridge:UpdateRule'],
    delete: ['eventbridge:DeleteRule'],
    arn: (properties, { region, accountId }) =>
      `acs:eventbridge:${region}:${accountId}:eventbus/${textOf(properties, 'EventBusName')}/rule/${textOf(properties, 'RuleName')}`,
  },
  'ALIYUN::FNF::Flow': {
    create: ['fnf:CreateFlow'],
    update: ['fnf:UpdateFlow'],
    delete: ['fnf:DeleteFlow'],
    arn: (properties, { region, accountId }) =>
      `acs:fnf:${region}:${accountId}:flow/${textOf(properties, 'Name')}`,
    others: (properties, action) =>
      action === 'DELETE' || properties.RoleArn === undefined
        ? []
        : [['ram:PassRole', textOf(properties, 'RoleArn')]],
  },
  'ALIYUN::MNS::Queue': {
    create: ['mns:CreateQueue'],
    update: ['mns:SetQueueAttributes'],
    delete: ['mns:DeleteQueue'],
    arn: (properties, { region, accountId }) =>
      `acs:mns:${region}:${accountId}:/queues/${textOf(properties, 'QueueName')}`,
  },
  'ALIYUN::RAM::ManagedPolicy': {
    create: ['ram:CreatePolicy', 'ram:AttachPolicyToRole'],
    update: ['ram:CreatePolicyVersion'],
    delete: ['ram:DetachPolicyFromRole', 'ram:DeletePolicy'],
    arn: (properties, place) => policy(place, textOf(properties, 'PolicyName')),
  },
  'ALIYUN::RAM::Role': {
    create: ['ram:CreateRole'],
    update: ['ram:UpdateRole'],
    delete: ['ram:DeleteRole'],
    arn: (properties, { accountId }) =>
      `acs:ram:*:${accountId}:role/${textOf(properties, 'RoleName')}`,
    others: (properties, action, place) =>
      mapsOf(properties, 'Policies').flatMap((each) => {
        const arn = policy(place, textOf(each, 'PolicyName'));
        const names =
          action === 'DELETE'
            ? ['ram:DetachPolicyFromRole', 'ram:DeletePolicy']
            : ['ram:CreatePolicy', 'ram:AttachPolicyToRole'];
        return names.map((name) => [name, arn] as const);
      }),
  },
  'ALIYUN::SLS::Alert': {
    create: ['log:CreateJob'],
    update: ['log:UpdateJob'],
    delete: ['log:DeleteJob'],
    arn: (properties, place) =>
      `${project(place, textOf(properties, 'Project'))}/job/${textOf(mapOf(properties, 'Detail'), 'Name')}`,
  },
  'ALIYUN::SLS::Dashboard': {
    create: ['log:CreateDashboard'],
    update: ['log:UpdateDashboard'],
    delete: ['log:DeleteDashboard'],
    arn: (properties, place) =>
      `${project(place, textOf(properties, 'ProjectName'))}/dashboard/${textOf(properties, 'DashboardName')}`,
  },
  'ALIYUN::SLS::Index': {
    create: ['log:CreateIndex'],
    update: ['log:UpdateIndex'],
    delete: ['log:DeleteIndex'],
    arn: logstore,
  },
  'ALIYUN::SLS::Logstore': {
    create: ['log:CreateLogStore'],
    update: ['log:UpdateLogStore'],
    delete: ['log:DeleteLogStore'],
    arn: logstore,
  },
  'ALIYUN::SLS::Project': {
    create: ['log:CreateProject'],
    update: ['log:UpdateProject'],
    delete: ['log:DeleteProject'],
    arn: (properties, place) => project(place, textOf(properties, 'Name')),
  },
};

/** Whoever works on the stack: `caller.allows`. */
export type Allows = (action: string, resource: string) => boolean;

/**
 * Throws the refusal of the resource's service, which names the action, where the caller lacks one.
 * `Forbidden` and its wording are ours: each service has its own.
 */
export function requirePermissions(
  typeName: string,
  action: ResourceAction,
  properties: ValueMap,
  place: ResourcePlace,
  allows: Allows,
): void {
  const permissions = PERMISSIONS[typeName];
  if (permissions === undefined) throw new Error(`${typeName} has no permissions.`);
  const arn = permissions.arn(properties, place);
  const own = { CREATE: 'create', UPDATE: 'update', DELETE: 'delete' } as const;
  const needed: readonly Permission[] = [
    ...permissions[own[action]].map((each) => [each, arn] as const),
    ...(permissions.others?.(properties, action, place) ?? []),
  ];
  for (const [name, resource] of needed) {
    if (allows(name, resource)) continue;
    throw new ServiceError(
      'Forbidden',
      403,
      `You are not authorized to do this action. Action: ${name}, resource: ${resource}`,
    );
  }
}
