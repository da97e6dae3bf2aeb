import { type CloudError, isCloudError } from '../../../workflows/onboarding/errors.ts';
import { actionOf } from '../../ram-actions.ts';
import { type Check, type CheckContext, type Finding, missing, ok, unread } from '../check.ts';
import { resultStore } from '../deployment.ts';
import type { StackTemplate } from '../stack-template.ts';
import { isDenied } from '../unreadable.ts';
import { FOUNDATIONS } from './stacks.ts';

interface Service {
  /** Of the check, and for the texts. */
  readonly id: keyof CheckContext['texts']['doctor']['titles']['services'];
  /** One cheap read: that it is answered is enough, whatever it says. */
  probe(context: CheckContext): Promise<unknown>;
}

const SERVICES: readonly Service[] = [
  {
    id: 'resource-orchestration',
    probe: ({ inspection }) => inspection.stack(FOUNDATIONS),
  },
  {
    id: 'log-service',
    async probe({ inspection, deployment }) {
      const { accountId } = await inspection.caller();
      return inspection.hasLogProject(resultStore(deployment, accountId).project);
    },
  },
  {
    id: 'message-queue',
    probe: ({ inspection, deployment }) =>
      inspection.queue(nameIn(deployment.foundations, 'ALIYUN::MNS::Queue', 'QueueName')),
  },
  {
    id: 'cloudflow',
    probe: ({ inspection, deployment }) =>
      inspection.flow(nameIn(deployment.foundations, 'ALIYUN::FNF::Flow', 'Name')),
  },
  {
    id: 'function-compute',
    async probe({ inspection, deployment }) {
      const { accountId } = await inspection.caller();
      const [first] = deployment.functions(accountId);
      return first && inspection.function(first.name);
    },
  },
  {
    id: 'eventbridge',
    probe: ({ inspection, deployment }) =>
      inspection.eventRule(deployment.eventRule.bus, deployment.eventRule.name),
  },
];

/**
 * The codes of an account that never activated a service, as far as they are documented: by
 * EventBridge, on its pages "Error codes" and "EnableRule". The others are known to answer, or can
 * be expected to answer, with the code of a refusal, as Function Compute does.
 */
const NOT_ACTIVATED = ['ServiceAccessDenied', 'ServiceNotEnable'];

/** Whether each service that a deployment needs was ever activated. */
export const serviceChecks: readonly Check[] = SERVICES.map(serviceCheck);

function serviceCheck({ id, probe }: Service): Check {
  return {
    id,
    group: 'services',
    needs: ['credentials'],
    title: ({ services }) => services[id],
    async run(context) {
      try {
        await probe(context);
        return ok(context.texts.doctor.activated);
      } catch (error) {
        if (!isCloudError(error)) throw error;
        if (!NOT_ACTIVATED.includes(error.code) && !isDenied(error)) throw error;
        return refused(id, error, context);
      }
    },
  };
}

/** Of a user or a role it can also mean that a permission is missing; of the account it can't. */
async function refused(
  id: Service['id'],
  { operation, code, message }: CloudError,
  { inspection, texts: { doctor } }: CheckContext,
): Promise<Finding> {
  const service = doctor.titles.services[id];
  const { activate, activateOrAllow } = doctor.remedies;
  if (NOT_ACTIVATED.includes(code) || (await inspection.caller()).isAccount) {
    return missing(doctor.notActivated(code, message), activate(service));
  }
  return unread(
    doctor.denied(operation, code, message),
    activateOrAllow(service, actionOf(operation)),
  );
}

/** A property that our template gives as text. */
function nameIn(template: StackTemplate, type: string, property: string): string {
  const resource = Object.values(template.resources).find((one) => one.type === type);
  return String(resource?.properties[property]);
}

export async function serviceLinkedRole(
  name: string,
  { inspection, texts: { doctor } }: CheckContext,
) {
  return (await inspection.hasServiceLinkedRole(name))
    ? ok(name)
    : missing(doctor.noRole(name), doctor.remedies.deploy);
}
