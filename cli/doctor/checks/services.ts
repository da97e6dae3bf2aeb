import { isCloudError } from '../../../workflows/onboarding/errors.ts';
import { type Check, type CheckContext, missing, ok, unknown } from '../check.ts';
import { resultStore } from '../deployment.ts';
import type { StackTemplate } from '../stack-template.ts';
import { FOUNDATIONS } from './stacks.ts';

interface Service {
  /** Of the check, and for the texts. */
  readonly id: keyof CheckContext['texts']['doctor']['titles']['services'];
  /** One cheap read: that it is answered is enough, whatever it says. */
  probe(context: CheckContext): Promise<unknown>;
  /** The codes of an account that never activated it. */
  readonly notActivated: readonly string[];
  /** Answers so for an account that never activated it, and for a caller that may not read. */
  readonly ambiguous?: readonly string[];
}

const SERVICES: readonly Service[] = [
  {
    id: 'resource-orchestration',
    probe: ({ inspection }) => inspection.stack(FOUNDATIONS),
    notActivated: [],
  },
  {
    id: 'log-service',
    async probe({ inspection, deployment }) {
      const { accountId } = await inspection.caller();
      return inspection.hasLogProject(resultStore(deployment, accountId).project);
    },
    notActivated: [],
  },
  {
    id: 'message-queue',
    probe: ({ inspection, deployment }) =>
      inspection.queue(nameIn(deployment.foundations, 'ALIYUN::MNS::Queue', 'QueueName')),
    notActivated: [],
  },
  {
    id: 'cloudflow',
    probe: ({ inspection, deployment }) =>
      inspection.flow(nameIn(deployment.foundations, 'ALIYUN::FNF::Flow', 'Name')),
    notActivated: [],
  },
  {
    id: 'function-compute',
    async probe({ inspection, deployment }) {
      const { accountId } = await inspection.caller();
      const [first] = deployment.functions(accountId);
      return first && inspection.function(first.name);
    },
    notActivated: [],
    // "FC service is not enabled for current user", met by many users, has the code of a refusal.
    ambiguous: ['AccessDenied'],
  },
  {
    id: 'eventbridge',
    probe: ({ inspection, deployment }) =>
      inspection.eventRule(
        nameIn(deployment.events, 'ALIYUN::EventBridge::Rule', 'EventBusName'),
        nameIn(deployment.events, 'ALIYUN::EventBridge::Rule', 'RuleName'),
      ),
    // Source: EventBridge 2020-04-01, "EnableRule", error codes.
    notActivated: ['ServiceNotEnable'],
  },
];

/** Whether each service that a deployment needs was ever activated. */
export const serviceChecks: readonly Check[] = [
  ...SERVICES.map(serviceCheck),
  {
    id: 'cloud-config',
    group: 'services',
    needs: ['management-account'],
    title: ({ cloudConfig }) => cloudConfig,
    async run({ inspection, texts: { doctor } }) {
      const status = await inspection.organizationStatus();
      return status === 'NOT_ACTIVATED'
        ? missing(doctor.notActivated, doctor.remedies.config)
        : ok(doctor.organization(status));
    },
  },
  {
    id: 'cloud-config-role',
    group: 'services',
    needs: ['cloud-config'],
    title: ({ serviceLinkedRole }) => serviceLinkedRole('Cloud Config'),
    run: (context) => serviceLinkedRole('AliyunServiceRoleForConfig', context),
  },
];

function serviceCheck({ id, probe, notActivated, ambiguous = [] }: Service): Check {
  return {
    id,
    group: 'services',
    needs: ['credentials'],
    title: ({ services }) => services[id],
    async run(context) {
      const { doctor } = context.texts;
      const name = doctor.titles.services[id];
      try {
        await probe(context);
        return ok(doctor.activated);
      } catch (error) {
        if (!isCloudError(error)) throw error;
        const { operation, code, message } = error;
        if (notActivated.includes(code)) {
          return missing(doctor.notActivated, doctor.remedies.activate(name));
        }
        if (!ambiguous.includes(code)) throw error;
        return unknown(
          doctor.denied(operation, code, message),
          doctor.remedies.activateOrAllow(name),
        );
      }
    },
  };
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
