import type { DeployedStack } from '../../../alicloud/resource-orchestration/deployed-stack.ts';
import { parseOnce } from '../../parse-once.ts';
import {
  amiss,
  type Check,
  type CheckContext,
  type CheckGroup,
  missing,
  ok,
  unknown,
} from '../check.ts';
import type { Deployment } from '../deployment.ts';
import { differences } from '../differences.ts';
import type { StackPlace, StackTemplate } from '../stack-template.ts';

/** The stack of what the functions stand on. */
export const FOUNDATIONS = 'account-onboarding';
/** The stack of what brings events to them. */
export const EVENTS = 'account-onboarding-events';

interface StackToCheck {
  readonly id: 'stack' | 'event-stack';
  readonly name: string;
  readonly group: CheckGroup;
  /** Its template here. */
  readonly file: string;
  readonly template: (deployment: Deployment) => StackTemplate;
}

export const foundationStackChecks = stackChecks({
  id: 'stack',
  name: FOUNDATIONS,
  group: 'foundations',
  file: 'stack.yaml',
  template: ({ foundations }) => foundations,
});

export const eventStackChecks = stackChecks({
  id: 'event-stack',
  name: EVENTS,
  group: 'events',
  file: 'event-rule.yaml',
  template: ({ events }) => events,
});

/** Whether a stack is there and complete, and whether it was made from this version's template. */
function stackChecks({ id, name, group, file, template }: StackToCheck): readonly Check[] {
  return [
    {
      id,
      group,
      needs: ['resource-orchestration'],
      title: ({ stacks }) => stacks[id],
      async run({ inspection, texts: { doctor } }) {
        const stack = await inspection.stack(name);
        if (stack === undefined) return missing(doctor.noStack(name), doctor.remedies.deploy);
        const { status, reason } = stack;
        if (status.endsWith('_IN_PROGRESS')) {
          return unknown(doctor.beingChanged(status), doctor.remedies.later);
        }
        return isComplete(stack)
          ? ok(doctor.stack(name, status, stack.parameters))
          : amiss(doctor.stackFailed(name, status, reason), doctor.remedies.setup);
      },
    },
    {
      id: `${id}-template`,
      group,
      needs: [id],
      title: () => file,
      async run({ inspection, deployment, texts: { doctor } }) {
        const stack = await inspection.stack(name);
        if (stack === undefined) return missing(doctor.noStack(name), doctor.remedies.deploy);
        const places = differingPlaces(template(deployment), stack);
        return places.length === 0
          ? ok(doctor.sameTemplate)
          : amiss(doctor.otherTemplate, doctor.remedies.redeploy, places);
      },
    },
  ];
}

/** Source: ROS, "Stack status"; a roll-back completes too. */
function isComplete({ status }: DeployedStack): boolean {
  return status.endsWith('_COMPLETE') && !/ROLLBACK|DELETE/.test(status);
}

/** Sections of a template, and in them their members, that are not those of the stack. */
export function differingPlaces(
  { content, text }: StackTemplate,
  { template }: DeployedStack,
): string[] {
  // The usual case, and to parse takes longer than all else of a check.
  if (template === text) return [];
  const found = differences(content, parseOnce(template), ['']);
  return [...new Set(found.map(({ path }) => path.split('.').slice(0, 2).join('.')))];
}

/** Where this version would deploy the foundations, with the parameters that they have. */
export async function placeOfFoundations({
  inspection,
  region,
}: CheckContext): Promise<StackPlace> {
  const [{ accountId }, stack] = await Promise.all([
    inspection.caller(),
    inspection.stack(FOUNDATIONS),
  ]);
  return { region, accountId, parameters: stack?.parameters ?? {} };
}
