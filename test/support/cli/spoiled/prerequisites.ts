/** The account, the services and the stack. */
import { refusal } from '../doctor-world.ts';
import { type Spoil, type Spoiled, stack } from './spoil.ts';

export const prerequisites: readonly Spoiled[] = [
  [
    'credentials',
    'refused',
    (world) => {
      world.failing.caller = refusal('GetCallerIdentity', 'InvalidAccessKeyId.NotFound');
    },
    /refused: InvalidAccessKeyId\.NotFound/,
  ],
  [
    'resource-directory',
    'not enabled',
    (world) => {
      world.failing.managementAccountId = refusal(
        'GetResourceDirectory',
        'ResourceDirectoryNotInUse',
      );
    },
    /not enabled/,
  ],
  [
    'management-account',
    'a member',
    (world) => {
      world.directoryOwner = '1000000000000009';
    },
    /1000000000000001 is not: .*1000000000000009/,
  ],
  [
    'management-account',
    'another is meant',
    (world) => {
      world.expectedAccountId = '1000000000000009';
    },
    /MANAGEMENT_ACCOUNT_ID is 1000000000000009/,
  ],
  ...(
    [
      ['resource-orchestration', 'stack', 'ListStacks'],
      ['log-service', 'hasLogProject', 'GetProject'],
      ['message-queue', 'queue', 'GetQueueAttributes'],
      ['cloudflow', 'flow', 'DescribeFlow'],
      ['function-compute', 'function', 'GetFunction'],
      ['eventbridge', 'eventRule', 'GetRule'],
    ] as const
  ).map(([id, read, operation]) => {
    const spoil: Spoil = (world) => {
      world.failing[read] = refusal(operation, 'AccessDenied', 'Not enabled.');
    };
    return [id, 'refuses the account itself', spoil, /not activated: AccessDenied: Not/] as const;
  }),
  [
    'eventbridge',
    'never activated, whoever asks',
    (world) => {
      world.caller.isAccount = false;
      world.failing.eventRule = refusal('GetRule', 'ServiceNotEnable');
    },
    /not activated: ServiceNotEnable/,
  ],
  [
    'cloud-config',
    'never activated',
    (world) => {
      world.organizationStatus = 'NOT_ACTIVATED';
    },
    /never activated/,
  ],
  [
    'cloud-config-role',
    'not there',
    (world) => {
      world.serviceLinkedRoles.splice(0, 1);
    },
    /no AliyunServiceRoleForConfig/,
  ],
  [
    'stack',
    'not there',
    (world) => {
      delete world.stacks['account-onboarding'];
    },
    /no account-onboarding(-events)? in this region/,
  ],
  [
    'stack',
    'failed',
    (world) => Object.assign(stack(world), { status: 'CREATE_FAILED', reason: 'No quota.' }),
    /CREATE_FAILED: No quota\./,
  ],
  [
    'stack',
    'rolled back',
    (world) => Object.assign(stack(world), { status: 'ROLLBACK_COMPLETE' }),
    /account-onboarding: ROLLBACK_COMPLETE/,
  ],
  [
    'stack-template',
    'of another version',
    (world) => {
      const one = stack(world);
      const template = one.template.replace('TTL: 30', 'TTL: 31').replace('365', '366');
      Object.assign(one, { template });
    },
    /another version Parameters\.RetentionDays Resources\.FunctionLogs/,
  ],
];
