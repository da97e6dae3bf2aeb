import { isDeepStrictEqual } from 'node:util';
import { parseOnce } from '../../parse-once.ts';
import { amiss, type Check, type CheckContext, missing, ok } from '../check.ts';
import { listOf, mapOf } from '../differences.ts';
import { resolveResource, type StackTemplate, type TemplateResource } from '../stack-template.ts';
import { alertCheck } from './alerts.ts';
import { differingPlaces, FOUNDATIONS, placeOfFoundations } from './stacks.ts';

type Properties = Readonly<Record<string, unknown>>;

/** How a resource of one type is looked at. */
interface ResourceCheck {
  /** Ids of checks; `properties` as the template has them. */
  readonly needs: (properties: Properties) => readonly string[];
  /** `properties` as this version would deploy them. */
  look(properties: Properties, how: Look): Promise<Seen>;
}

interface Look extends CheckContext {
  /** The stack makes it, and so its settings are the stack's. */
  readonly isMade: boolean;
}

/** A finding without what to do, which is the same for all: it depends on what the stack is made of. */
interface Seen {
  readonly state: 'fine' | 'missing' | 'amiss';
  readonly detail: string;
  readonly differences?: readonly string[];
  readonly remedy?: string;
}

const isFine = (detail: string): Seen => ({ state: 'fine', detail });
const isMissing = (detail: string): Seen => ({ state: 'missing', detail });
const isAmiss = (detail: string, differences?: readonly string[], remedy?: string): Seen => ({
  state: 'amiss',
  detail,
  differences,
  remedy,
});

const RESOURCES: Readonly<Record<string, ResourceCheck>> = {
  'ALIYUN::RAM::Role': {
    needs: () => ['stack'],
    async look({ RoleName, AssumeRolePolicyDocument: trust, Policies }, how) {
      const { inspection, texts } = how;
      const { doctor } = texts;
      const name = String(RoleName);
      const role = await inspection.role(name);
      if (role === undefined) return isMissing(doctor.noneNamed(name));
      const untrusted = servicesIn(trust).filter((one) => !role.trustedServices.includes(one));
      if (untrusted.length > 0) {
        return isAmiss(doctor.untrusted(untrusted.join(', ')));
      }
      const expected = listOf(Policies).map((policy) => mapOf(policy).PolicyDocument);
      const actual = await inspection.rolePolicies(name);
      const isIn = (list: readonly unknown[]) => (document: unknown) =>
        list.some((one) => isDeepStrictEqual(one, document));
      if (!expected.every(isIn(actual))) return isAmiss(doctor.otherPolicy);
      return actual.every(isIn(expected))
        ? isFine(doctor.role(servicesIn(trust).join(', ')))
        : isAmiss(doctor.morePolicies, [], doctor.remedies.detach);
    },
  },
  'ALIYUN::SLS::Project': {
    needs: () => ['log-service', 'stack'],
    async look({ Name }, { inspection, texts: { doctor } }) {
      const name = String(Name);
      return (await inspection.hasLogProject(name))
        ? isFine(name)
        : isMissing(doctor.noneNamed(name));
    },
  },
  'ALIYUN::SLS::Logstore': {
    needs: () => ['log-project'],
    async look({ ProjectName, LogstoreName, TTL }, { inspection, isMade, texts: { doctor } }) {
      const logstore = await inspection.logstore(String(ProjectName), String(LogstoreName));
      if (logstore === undefined) return isMissing(doctor.none);
      const { retentionDays } = logstore;
      return isMade && retentionDays !== TTL
        ? isAmiss(doctor.otherRetention(retentionDays, Number(TTL)))
        : isFine(doctor.retention(retentionDays));
    },
  },
  'ALIYUN::SLS::Index': {
    needs: ({ LogstoreName }) => [kebabCase(referredTo(LogstoreName))],
    async look({ ProjectName, LogstoreName, KeyIndices }, { inspection, texts: { doctor } }) {
      const index = await inspection.logIndex(String(ProjectName), String(LogstoreName));
      if (index === undefined) return isMissing(doctor.none);
      const keys = listOf(KeyIndices).map(mapOf);
      const different = keys.filter(({ Name, Type }) => index.keys[String(Name)] !== Type);
      return different.length === 0
        ? isFine(doctor.index(keys.length))
        : isAmiss(
            doctor.otherIndex,
            different.map(({ Name }) => String(Name)),
          );
    },
  },
  'ALIYUN::SLS::Dashboard': {
    needs: () => ['log-project'],
    async look({ ProjectName, DashboardName }, { inspection, texts: { doctor } }) {
      return (await inspection.hasDashboard(String(ProjectName), String(DashboardName)))
        ? isFine(doctor.there)
        : isMissing(doctor.none);
    },
  },
  'ALIYUN::MNS::Queue': {
    needs: () => ['message-queue', 'stack'],
    async look({ QueueName, MessageRetentionPeriod }, { inspection, texts: { doctor } }) {
      const queue = await inspection.queue(String(QueueName));
      if (queue === undefined) return isMissing(doctor.noneNamed(String(QueueName)));
      const days = queue.retentionSeconds / 86_400;
      const expectedDays = Number(MessageRetentionPeriod) / 86_400;
      return days === expectedDays
        ? isFine(doctor.retention(days))
        : isAmiss(doctor.otherRetention(days, expectedDays));
    },
  },
  'ALIYUN::FNF::Flow': {
    needs: () => ['cloudflow', 'stack'],
    async look({ Name, Definition, RoleArn }, { inspection, texts: { doctor } }) {
      const flow = await inspection.flow(String(Name));
      if (flow === undefined) return isMissing(doctor.noneNamed(String(Name)));
      // Comments and layout may get lost on the way.
      const isSame = isDeepStrictEqual(parseOnce(flow.definition), parseOnce(String(Definition)));
      if (!isSame) return isAmiss(doctor.otherDefinition);
      return flow.roleArn.toLowerCase() === String(RoleArn).toLowerCase()
        ? isFine(doctor.there)
        : isAmiss(doctor.otherRole(flow.roleArn, String(RoleArn)));
    },
  },
};

/** One for each resource of the template; the alerts are one. */
export function foundationChecks(template: StackTemplate): readonly Check[] {
  const checks = Object.entries(template.resources).flatMap(([logicalId, resource]) => {
    const how = RESOURCES[resource.type];
    return how === undefined ? [] : [resourceCheck(template, logicalId, resource, how)];
  });
  return [...checks, alertCheck(template)];
}

/** Types of resources that have a check: a test holds the templates against them. */
export const CHECKED_TYPES: readonly string[] = [...Object.keys(RESOURCES), 'ALIYUN::SLS::Alert'];

function resourceCheck(
  template: StackTemplate,
  logicalId: string,
  { properties: given }: TemplateResource,
  { needs, look }: ResourceCheck,
): Check {
  return {
    id: kebabCase(logicalId),
    group: 'foundations',
    needs: needs(given),
    title: ({ resources }) => resources[logicalId] ?? logicalId,
    async run(context) {
      const place = await placeOfFoundations(context);
      const { properties, isMade } = resolveResource(template, logicalId, place);
      const { state, detail, differences, remedy } = await look(properties, { ...context, isMade });
      if (state === 'fine') return ok(detail);
      const remedies = await remediesOf(template, context);
      return state === 'missing'
        ? missing(detail, remedies.missing)
        : amiss(detail, remedy ?? remedies.amiss, differences);
    },
  };
}

/** The stack of another version is updated by a deployment; what was changed beside it is not. */
async function remediesOf(
  template: StackTemplate,
  { inspection, texts: { doctor } }: CheckContext,
): Promise<{ readonly missing: string; readonly amiss: string }> {
  const stack = await inspection.stack(FOUNDATIONS);
  const { redeploy, recreate, repair } = doctor.remedies;
  return stack === undefined || differingPlaces(template, stack).length > 0
    ? { missing: redeploy, amiss: redeploy }
    : { missing: recreate, amiss: repair };
}

/** Whose attribute it is, by its logical id; of a choice, the first. */
function referredTo(value: unknown): string {
  const { 'Fn::GetAtt': attribute, 'Fn::If': choice } = mapOf(value);
  return choice === undefined ? String(listOf(attribute)[0]) : referredTo(listOf(choice)[1]);
}

/** `FailureQueue` → `failure-queue`. */
function kebabCase(logicalId: string): string {
  return logicalId.replaceAll(/\B[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

function servicesIn(document: unknown): string[] {
  return listOf(mapOf(document).Statement).flatMap((statement) =>
    listOf(mapOf(mapOf(statement).Principal).Service).map(String),
  );
}
