import type { JsonObject } from '../../../protocols/rpc/json.ts';
import type { RpcOperation } from '../../../protocols/rpc/operation.ts';
import type { StackPorts } from '../stack/stack-ports.ts';
import type { ParameterDefinition } from '../template/parameters.ts';
import { parseTemplate } from '../template/parse-template.ts';
import type { Value } from '../template/value.ts';
import { stackOperation } from './operation.ts';

/** `ValidateTemplate`: form, names and functions. Properties are checked when a stack is planned. */
export function validateTemplate(ports: StackPorts): RpcOperation {
  return stackOperation(ports, {
    name: 'ValidateTemplate',
    parameters: (read) => ({ templateBody: read.required('TemplateBody') }),
    stackId: () => '*',
    handle({ templateBody }) {
      const template = parseTemplate(templateBody, ports.types);
      const resources = [...template.resources.values()];
      return {
        Description: template.description ?? 'No description',
        Parameters: [...template.parameters.values()].map(parameterAnswer),
        Outputs: template.outputs.map((output) => ({
          OutputKey: output.key,
          Description: output.description ?? '',
          Label: output.label,
        })),
        ResourceTypes: {
          Resources: [...new Set(resources.map(({ type }) => type.name))],
          DataSources: [],
        },
        Resources: resources.map(({ id, type }) => ({
          LogicalResourceIdPattern: id,
          ResourcePath: id,
          ResourceType: type.name,
        })),
      };
    },
  });
}

function parameterAnswer(parameter: ParameterDefinition): JsonObject {
  return {
    ParameterKey: parameter.name,
    Type: parameter.type,
    Default: parameter.defaultValue satisfies Value | undefined,
    Description: parameter.description ?? '',
    Label: parameter.label ?? parameter.name,
    NoEcho: String(parameter.noEcho),
  };
}
