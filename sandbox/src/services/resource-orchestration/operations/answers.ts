import type { JsonObject } from '../../../protocols/rpc/json.ts';
import type { Stack } from '../stack/stack.ts';
import type { StackPorts } from '../stack/stack-ports.ts';
import { isList, type Value } from '../template/value.ts';
import { isoTime } from './operation.ts';

/** What lists and single answers say of a stack alike. */
export function stackAnswer(world: StackPorts['world'], stack: Stack): JsonObject {
  return {
    StackId: stack.id,
    StackName: stack.name,
    StackType: 'ROS',
    Status: stack.status,
    StatusReason: stack.statusReason,
    RegionId: world.region,
    CreateTime: isoTime(stack.createdAtMs),
    UpdateTime: stack.updatedAtMs === undefined ? undefined : isoTime(stack.updatedAtMs),
    DisableRollback: stack.disableRollback,
    TimeoutInMinutes: stack.timeoutMinutes,
    DeletionProtection: 'Disabled',
    StackDriftStatus: 'NOT_CHECKED',
    ServiceManaged: false,
  };
}

/** The pseudo parameters, then the template's own; a secret one is not shown. */
export function parametersAnswer(
  { world, accountId }: StackPorts,
  stack: Stack,
  applied: Stack['applied'],
): readonly JsonObject[] {
  const { template, parameters } = applied.prepared;
  const own = [...parameters].map(([name, value]): [string, string] => [
    name,
    template.parameters.get(name)?.noEcho === true ? '******' : parameterText(value),
  ]);
  const all: readonly (readonly [string, string])[] = [
    ['ALIYUN::NoValue', 'None'],
    ['ALIYUN::Region', world.region],
    ['ALIYUN::StackId', stack.id],
    ['ALIYUN::StackName', stack.name],
    ['ALIYUN::TenantId', accountId],
    ...own,
  ];
  return all.map(([name, value]) => ({ ParameterKey: name, ParameterValue: value }));
}

function parameterText(value: Value): string {
  return isList(value) ? value.map(String).join(',') : String(value);
}
