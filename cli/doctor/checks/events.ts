import type { EventRule, EventTarget } from '../../../alicloud/event-bridge/event-rules.ts';
import { amiss, type Check, type CheckContext, missing, ok } from '../check.ts';
import { differences, listOf, mapOf } from '../differences.ts';
import { resolveResource, type StackTemplate } from '../stack-template.ts';
import { serviceLinkedRole } from './services.ts';
import { eventStackChecks } from './stacks.ts';

/** Roles that EventBridge acts in. Source: EventBridge, "Service-linked roles". */
const ROLES = [
  {
    id: 'event-source-role',
    of: 'source',
    name: 'AliyunServiceRoleForEventBridgeSourceActionTrail',
  },
  { id: 'event-function-role', of: 'functions', name: 'AliyunServiceRoleForEventBridgeSendToFC' },
  { id: 'event-queue-role', of: 'queues', name: 'AliyunServiceRoleForEventBridgeSendToMNS' },
] as const;

/** What brings events to the functions. */
export function eventChecks(template: StackTemplate): readonly Check[] {
  return [
    ...ROLES.map(
      ({ id, of, name }): Check => ({
        id,
        group: 'events',
        needs: ['credentials'],
        title: ({ eventRoles }) => eventRoles[of],
        run: (context) => serviceLinkedRole(name, context),
      }),
    ),
    ...eventStackChecks,
    ...Object.entries(template.resources)
      .filter(([, { type }]) => type === 'ALIYUN::EventBridge::Rule')
      .map(([logicalId]) => ruleCheck(template, logicalId)),
  ];
}

function ruleCheck(template: StackTemplate, logicalId: string): Check {
  return {
    id: 'event-rule',
    group: 'events',
    needs: ['eventbridge', 'event-stack'],
    title: ({ eventRule }) => eventRule,
    async run(context) {
      const { inspection, texts } = context;
      const { doctor } = texts;
      const expected = await ruleToDeploy(template, logicalId, context);
      const rule = await inspection.eventRule(expected.bus, expected.name);
      if (rule === undefined) return missing(doctor.none, doctor.remedies.redeploy);
      if (!rule.isEnabled) return amiss(doctor.disabledRule, doctor.remedies.enableRule);
      if (differences(expected.pattern, rule.pattern, ['']).length > 0) {
        return amiss(doctor.otherPattern, doctor.remedies.redeploy);
      }
      const [target] = expected.targets;
      const found = rule.targets.find(({ endpoint }) => endpoint === target?.endpoint);
      if (target === undefined || found === undefined) {
        return amiss(doctor.noTarget(String(target?.endpoint)), doctor.remedies.redeploy);
      }
      const different = differences(target, found).map(({ path }) => path);
      if (different.length > 0) {
        return amiss(doctor.otherTarget, doctor.remedies.redeploy, different);
      }
      const { functionName = '' } = target.constants;
      return (await inspection.function(functionName)) === undefined
        ? amiss(doctor.targetNotDeployed(functionName), doctor.remedies.deploy)
        : ok(doctor.rule(functionName));
    },
  };
}

/** As the adapter reads one, so that the two can be compared. */
async function ruleToDeploy(
  template: StackTemplate,
  logicalId: string,
  { inspection, region }: CheckContext,
): Promise<EventRule & { readonly bus: string; readonly name: string }> {
  const { accountId } = await inspection.caller();
  const place = { region, accountId, parameters: {} };
  const { properties } = resolveResource(template, logicalId, place);
  return {
    bus: String(properties.EventBusName),
    name: String(properties.RuleName),
    isEnabled: properties.Status === 'ENABLE',
    pattern: properties.FilterPattern,
    targets: listOf(properties.Targets).map((target) => toTarget(mapOf(target))),
  };
}

function toTarget(target: Readonly<Record<string, unknown>>): EventTarget {
  const constants = listOf(target.ParamList)
    .map(mapOf)
    .filter(({ Form }) => Form === 'CONSTANT');
  return {
    type: String(target.Type),
    endpoint: String(target.Endpoint),
    constants: Object.fromEntries(
      constants.map(({ ResourceKey, Value }) => [String(ResourceKey), String(Value)]),
    ),
    retryStrategy: String(target.PushRetryStrategy),
    deadLetterQueue: String(mapOf(target.DeadLetterQueue).Arn),
  };
}
