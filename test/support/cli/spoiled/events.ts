import { rule, type Spoil, type Spoiled, stack } from './spoil.ts';

export const events: readonly Spoiled[] = [
  ...(
    [
      ['event-source-role', 'AliyunServiceRoleForEventBridgeSourceActionTrail'],
      ['event-function-role', 'AliyunServiceRoleForEventBridgeSendToFC'],
      ['event-queue-role', 'AliyunServiceRoleForEventBridgeSendToMNS'],
    ] as const
  ).map(([id, role]) => {
    const spoil: Spoil = (world) => {
      world.serviceLinkedRoles.splice(world.serviceLinkedRoles.indexOf(role), 1);
    };
    return [id, 'not there', spoil, new RegExp(`there is no ${role}`)] as const;
  }),
  [
    'event-stack',
    'not there',
    (world) => {
      delete world.stacks['account-onboarding-events'];
    },
    /no account-onboarding(-events)? in this region/,
  ],
  [
    'event-stack-template',
    'of another version',
    (world) => {
      const one = stack(world, 'account-onboarding-events');
      Object.assign(one, { template: one.template.replace('Async', 'Sync') });
    },
    /another version Resources\.AccountEvents/,
  ],
  [
    'event-rule',
    'not there',
    (world) => {
      world.eventRules = {};
    },
    /there is (no|none)\b/,
  ],
  [
    'event-rule',
    'disabled',
    (world) => {
      rule(world).isEnabled = false;
    },
    /disabled/,
  ],
  [
    'event-rule',
    'with another pattern',
    (world) => {
      rule(world).pattern = { source: ['acs.resourcemanager'] };
    },
    /pattern differs/,
  ],
  [
    'event-rule',
    'without its target',
    (world) => Object.assign(rule(world), { targets: [] }),
    /no target acs:fc:.*functions\/onboard-account/,
  ],
  [
    'event-rule',
    'invoking synchronously, without a queue',
    (world) => {
      const [target] = rule(world).targets;
      Object.assign(target ?? {}, { deadLetterQueue: undefined });
      Object.assign(target?.constants ?? {}, { InvocationType: 'Sync' });
    },
    /its target differs .* constants\.InvocationType deadLetterQueue/,
  ],
  [
    'event-rule',
    'whose function is not deployed',
    (world) => {
      delete world.functions['onboard-account'];
    },
    /its target onboard-account is not deployed/,
  ],
];
