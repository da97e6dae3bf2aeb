import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { amiss, type Check, type CheckContext, type Finding, missing, ok } from '../check.ts';
import { listOf, mapOf } from '../differences.ts';
import { resolveResource, type StackTemplate, type TemplateResource } from '../stack-template.ts';
import { alertCheck } from './alerts.ts';
import { differingPlaces, FOUNDATIONS, placeOfFoundations } from './stacks.ts';

type Properties = Readonly<Record<string, unknown>>;

/** How a resource of one type is looked at. */
interface ResourceCheck {
  /** Ids of checks; `properties` as the template has them. */
  readonly needs: (properties: Properties) => readonly string[];
  /** For its title. */
  readonly name: (properties: Properties) => unknown;
  readonly kind: keyof CheckContext['texts']['doctor']['titles']['resources'];
  /** `properties` as this version would deploy them. */
  look(properties: Properties, how: Look): Promise<Finding>;
}

interface Look extends CheckContext {
  /** The stack makes it, and so its settings are the stack's. */
  readonly isMade: boolean;
  /** What to do where it is not there, and where it is another. */
  readonly remedies: { readonly missing: string; readonly amiss: string };
}

const RESOURCES: Readonly<Record<string, ResourceCheck>> = {
  'ALIYUN::RAM::Role': {
    needs: () => ['stack'],
    kind: 'role',
    name: ({ RoleName }) => RoleName,
    async look({ RoleName, AssumeRolePolicyDocument: trust, Policies }, how) {
      const { inspection, remedies, texts } = how;
      const { doctor } = texts;
      const name = String(RoleName);
      const role = await inspection.role(name);
      if (role === undefined) return missing(doctor.none, remedies.missing);
      const untrusted = servicesIn(trust).filter((one) => !role.trustedServices.includes(one));
      if (untrusted.length > 0) {
        return amiss(doctor.untrusted(untrusted.join(', ')), remedies.amiss);
      }
      const expected = listOf(Policies).map((policy) => mapOf(policy).PolicyDocument);
      const actual = await inspection.rolePolicies(name);
      const isIn = (list: readonly unknown[]) => (document: unknown) =>
        list.some((one) => isDeepStrictEqual(one, document));
      if (!expected.every(isIn(actual))) return amiss(doctor.otherPolicy, remedies.amiss);
      return actual.every(isIn(expected))
        ? ok(doctor.role(servicesIn(trust).join(', ')))
        : amiss(doctor.morePolicies, doctor.remedies.detach);
    },
  },
  'ALIYUN::SLS::Project': {
    needs: () => ['log-service', 'stack'],
    kind: 'logProject',
    name: () => '',
    async look({ Name }, { inspection, remedies, texts: { doctor } }) {
      const name = String(Name);
      return (await inspection.hasLogProject(name))
        ? ok(name)
        : missing(doctor.noneNamed(name), remedies.missing);
    },
  },
  'ALIYUN::SLS::Logstore': {
    needs: () => ['log-project'],
    kind: 'logstore',
    name: ({ LogstoreName }) => LogstoreName,
    async look(
      { ProjectName, LogstoreName, TTL },
      { inspection, isMade, remedies, texts: { doctor } },
    ) {
      const logstore = await inspection.logstore(String(ProjectName), String(LogstoreName));
      if (logstore === undefined) return missing(doctor.none, remedies.missing);
      const { retentionDays } = logstore;
      return isMade && retentionDays !== TTL
        ? amiss(doctor.otherRetention(retentionDays, Number(TTL)), remedies.amiss)
        : ok(doctor.retention(retentionDays));
    },
  },
  'ALIYUN::SLS::Index': {
    needs: ({ LogstoreName }) => [kebabCase(String(listOf(mapOf(LogstoreName)['Fn::GetAtt'])[0]))],
    kind: 'index',
    name: () => '',
    async look(
      { ProjectName, LogstoreName, KeyIndices },
      { inspection, remedies, texts: { doctor } },
    ) {
      const index = await inspection.logIndex(String(ProjectName), String(LogstoreName));
      if (index === undefined) return missing(doctor.none, remedies.missing);
      const keys = listOf(KeyIndices).map(mapOf);
      const different = keys.filter(({ Name, Type }) => index.keys[String(Name)] !== Type);
      return different.length === 0
        ? ok(doctor.index(keys.length))
        : amiss(
            doctor.otherIndex,
            remedies.amiss,
            different.map(({ Name }) => String(Name)),
          );
    },
  },
  'ALIYUN::SLS::Dashboard': {
    needs: () => ['log-project'],
    kind: 'dashboard',
    name: ({ DashboardName }) => DashboardName,
    async look({ ProjectName, DashboardName }, { inspection, remedies, texts: { doctor } }) {
      return (await inspection.hasDashboard(String(ProjectName), String(DashboardName)))
        ? ok(doctor.there)
        : missing(doctor.none, remedies.missing);
    },
  },
  'ALIYUN::MNS::Queue': {
    needs: () => ['message-queue', 'stack'],
    kind: 'queue',
    name: ({ QueueName }) => QueueName,
    async look({ QueueName, MessageRetentionPeriod }, { inspection, remedies, texts: { doctor } }) {
      const queue = await inspection.queue(String(QueueName));
      if (queue === undefined) return missing(doctor.none, remedies.missing);
      const days = queue.retentionSeconds / 86_400;
      const expectedDays = Number(MessageRetentionPeriod) / 86_400;
      return days === expectedDays
        ? ok(doctor.retention(days))
        : amiss(doctor.otherRetention(days, expectedDays), remedies.amiss);
    },
  },
  'ALIYUN::FNF::Flow': {
    needs: () => ['cloudflow', 'stack'],
    kind: 'flow',
    name: ({ Name }) => Name,
    async look({ Name, Definition, RoleArn }, { inspection, remedies, texts: { doctor } }) {
      const flow = await inspection.flow(String(Name));
      if (flow === undefined) return missing(doctor.none, remedies.missing);
      // Comments and layout may get lost on the way.
      const isSame = isDeepStrictEqual(parse(flow.definition), parse(String(Definition)));
      if (!isSame) return amiss(doctor.otherDefinition, remedies.amiss);
      return flow.roleArn.toLowerCase() === String(RoleArn).toLowerCase()
        ? ok(doctor.there)
        : amiss(doctor.otherRole(flow.roleArn, String(RoleArn)), remedies.amiss);
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
  { needs, kind, name, look }: ResourceCheck,
): Check {
  return {
    id: kebabCase(logicalId),
    group: 'foundations',
    needs: needs(given),
    title: ({ resources }) => resources[kind](String(name(given))),
    async run(context) {
      const place = await placeOfFoundations(context);
      const { properties, isMade } = resolveResource(template, logicalId, place);
      return look(properties, {
        ...context,
        isMade,
        remedies: await remediesOf(template, context),
      });
    },
  };
}

/** The stack of another version is updated by a deployment; what was changed beside it is not. */
async function remediesOf(
  template: StackTemplate,
  { inspection, texts: { doctor } }: CheckContext,
): Promise<Look['remedies']> {
  const stack = await inspection.stack(FOUNDATIONS);
  const { redeploy, recreate, repair } = doctor.remedies;
  return stack === undefined || differingPlaces(template, stack).length > 0
    ? { missing: redeploy, amiss: redeploy }
    : { missing: recreate, amiss: repair };
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
