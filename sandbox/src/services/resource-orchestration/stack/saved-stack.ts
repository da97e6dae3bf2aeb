import { parseTemplate } from '../template/parse-template.ts';
import type { ValueMap } from '../template/value.ts';
import { prepareForStack } from './prepare-for-stack.ts';
import type { Stack, StackEvent, StackResource, StackStatus } from './stack.ts';
import type { StackPorts } from './stack-ports.ts';

/** A stack as plain data: its template and what its resources have come to. */
export interface SavedStack
  extends Omit<Stack, 'applied' | 'events' | 'resources' | 'updatedAtMs'> {
  readonly updatedAtMs?: number;
  readonly template: ValueMap;
  /** As they were given. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly resources: readonly SavedResource[];
  readonly events: readonly StackEvent[];
}

interface SavedResource extends Omit<StackResource, 'existing' | 'type'> {
  /** For example `ALIYUN::SLS::Project`. */
  readonly typeName: string;
  /** Absent: it does not exist. */
  readonly properties?: ValueMap;
}

const INTERRUPTED = 'The sandbox was stopped in the middle of it.';

export function saveStack({ applied, resources, updatedAtMs, ...stack }: Stack): SavedStack {
  return {
    ...stack,
    ...(updatedAtMs === undefined ? {} : { updatedAtMs }),
    events: [...stack.events],
    template: applied.prepared.template.source,
    parameters: Object.fromEntries(applied.given),
    resources: [...resources.values()].map(({ type, existing, ...resource }) => ({
      ...resource,
      typeName: type.name,
      ...(existing === undefined ? {} : { properties: existing.properties }),
    })),
  };
}

/**
 * The stack again, with its resources created in the services behind them: names stay, ids that a
 * service makes up are new. What was in progress has failed. Throws what `parseTemplate` throws, and
 * the `ServiceError` of a service that refuses a resource.
 */
export function restoreStack(ports: StackPorts, saved: SavedStack): Stack {
  const { template: source, parameters, resources, ...kept } = saved;
  const template = parseTemplate(JSON.stringify(source), ports.types);
  const given = new Map(Object.entries(parameters));
  return {
    ...kept,
    updatedAtMs: saved.updatedAtMs,
    events: [...saved.events],
    status: ended(saved.status),
    statusReason: ended(saved.status) === saved.status ? saved.statusReason : INTERRUPTED,
    applied: { prepared: prepareForStack(ports, saved, template, given), given },
    resources: new Map(
      resources.map((resource) => [resource.id, restoreResource(ports, resource)] as const),
    ),
  };
}

function restoreResource(ports: StackPorts, saved: SavedResource): StackResource {
  const { typeName, properties, ...resource } = saved;
  const type = ports.types.get(typeName);
  if (type === undefined) {
    throw new Error(`${resource.id}: the sandbox does not model ${typeName} any more.`);
  }
  const state = properties && type.create(properties);
  const status = ended(saved.status);
  return {
    ...resource,
    type,
    status,
    statusReason: status === saved.status ? saved.statusReason : INTERRUPTED,
    physicalId: state?.physicalId ?? saved.physicalId,
    existing: state && { state, properties },
  };
}

function ended<Status extends StackResource['status'] | StackStatus>(status: Status): Status {
  // A stack in review is not being worked on.
  return status === 'REVIEW_IN_PROGRESS'
    ? status
    : (status.replace(/_IN_PROGRESS$/, '_FAILED') as Status);
}
