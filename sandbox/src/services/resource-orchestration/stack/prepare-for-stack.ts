import { type PreparedTemplate, prepareTemplate } from '../template/prepared-template.ts';
import type { Template } from '../template/template.ts';
import type { StackPorts } from './stack-ports.ts';

/** The template with its parameters, and what it is told of its stack. */
export function prepareForStack(
  { world, accountId }: Pick<StackPorts, 'accountId' | 'world'>,
  stack: { readonly id: string; readonly name: string },
  template: Template,
  given: ReadonlyMap<string, string>,
): PreparedTemplate {
  const pseudo = {
    'ALIYUN::Region': world.region,
    'ALIYUN::StackId': stack.id,
    'ALIYUN::StackName': stack.name,
    'ALIYUN::TenantId': accountId,
  };
  return prepareTemplate(template, given, (name) => pseudo[name]);
}
