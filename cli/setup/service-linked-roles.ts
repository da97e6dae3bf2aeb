import { withRetries } from '../../workflows/onboarding/retry.ts';
import type { CommandContext } from '../command.ts';
import { unlessInterrupted } from '../errors.ts';
import { readRetryContext } from '../retry-reads.ts';

/** A role that a service makes for itself in an account, and acts in. */
export interface ServiceLinkedRole {
  readonly roleName: string;
  /** Whose it is, as `CreateServiceLinkedRole` takes it. */
  readonly serviceName: string;
}

/** Cloud Config's, without which the first start of enterprise mode fails. */
export const FOUNDATION_ROLES: readonly ServiceLinkedRole[] = [
  { roleName: 'AliyunServiceRoleForConfig', serviceName: 'config.aliyuncs.com' },
];

/**
 * EventBridge's: without the first no event reaches the bus, without the second none reaches the
 * function, without the third none is kept. Source: EventBridge, "Service-linked roles".
 */
export const EVENT_ROLES: readonly ServiceLinkedRole[] = [
  {
    roleName: 'AliyunServiceRoleForEventBridgeSourceActionTrail',
    serviceName: 'source-actiontrail.eventbridge.aliyuncs.com',
  },
  {
    roleName: 'AliyunServiceRoleForEventBridgeSendToFC',
    serviceName: 'sendevent-fc.eventbridge.aliyuncs.com',
  },
  {
    roleName: 'AliyunServiceRoleForEventBridgeSendToMNS',
    serviceName: 'sendevent-mns.eventbridge.aliyuncs.com',
  },
];

export interface MissingRoles {
  readonly names: readonly string[];
  /** That may come after a question. Safe to repeat; rejects with a `CloudError`. */
  create(): Promise<void>;
}

/** Names those that are missing. Safe to repeat; rejects with a `CloudError`. */
export async function nameMissingRoles(
  wanted: readonly ServiceLinkedRole[],
  { operator, output, interrupted, texts }: CommandContext,
): Promise<MissingRoles> {
  const said = texts.setup.roles;
  const roles = await operator.serviceLinkedRoles();
  const retry = await readRetryContext(operator);
  output.progress(said.looking);
  const found = await unlessInterrupted(
    Promise.all(
      wanted.map(({ roleName }) => withRetries((call) => roles.exists(roleName, call), retry)),
    ),
    interrupted,
  );
  output.endProgress();
  const missing = wanted.filter((_, index) => !found[index]);
  for (const { roleName, serviceName } of missing) {
    output.line(said.missing(roleName, serviceName));
  }
  return {
    names: missing.map(({ roleName }) => roleName),
    async create() {
      // Its minute begins now, however long the question took.
      const inTime = await readRetryContext(operator);
      for (const { roleName, serviceName } of missing) {
        const create = withRetries((call) => roles.create(serviceName, call), inTime);
        await unlessInterrupted(create, interrupted);
        output.line(output.style.good(said.created(roleName)));
      }
    },
  };
}
