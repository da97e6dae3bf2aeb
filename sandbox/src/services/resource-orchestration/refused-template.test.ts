/** What a template may not say, and how that is said. */
import { describe, expect, it } from 'vitest';
import { eachTest } from '../../testing/each-test.ts';
import { startOrchestrationSandbox, template } from '../../testing/orchestration-sandbox.ts';

const sandbox = eachTest(startOrchestrationSandbox);
const QUEUE = { Type: 'ALIYUN::MNS::Queue', Properties: { QueueName: 'failures' } };

const create = (sections: Readonly<Record<string, unknown>>, parameters = {}) =>
  sandbox.orchestration.createStack({
    name: 'onboarding',
    templateBody: template(sections),
    parameters,
  });

/** A text of `Fn::Sub`, with its variables in angle brackets. */
const sub = (text: string) => text.replaceAll(/<([^>]*)>/g, (_match, name) => `\${${name}}`);

describe('refused', () => {
  const project = (properties: Readonly<Record<string, unknown>>, more = {}) => ({
    Resources: { P: { Type: 'ALIYUN::SLS::Project', Properties: properties, ...more } },
  });
  const conditions = (one: unknown) => ({ Conditions: { One: one, Two: { 'Fn::Not': 'One' } } });
  const LIST = { Type: 'CommaDelimitedList', Default: 'a,b' };
  const output = (value: unknown) => ({
    Resources: { Queue: QUEUE },
    Outputs: { It: { Value: value } },
  });

  it.each<[string, Readonly<Record<string, unknown>>, string, string]>([
    ['a version', { ROSTemplateFormatVersion: '2010' }, 'InvalidTemplateVersion', '2015-09-01'],
    ['a section', { Resource: {} }, 'InvalidTemplateSection', 'is invalid: Resource.'],
    ['a section of ROS', { Mappings: {} }, 'SandboxUnsupportedTemplate', 'Mappings'],
    [
      'a key of a parameter',
      { Parameters: { P: { Type: 'String', Defualt: 'x' } } },
      'InvalidSchema',
      'Parameters.P.Defualt',
    ],
    [
      'a key of a parameter of ROS',
      { Parameters: { P: { Type: 'String', AssociationProperty: 'x' } } },
      'SandboxUnsupportedTemplate',
      'Parameters.P.AssociationProperty',
    ],
    [
      'a type of parameter',
      { Parameters: { P: { Type: 'Json' } } },
      'SandboxUnsupportedTemplate',
      'P.Type: Json',
    ],
    [
      'a default that is not allowed',
      { Parameters: { P: { Type: 'Number', Default: 1, MinValue: 2 } } },
      'StackValidationFailed',
      "Parameter 'P'",
    ],
    [
      'a limit of another type',
      { Parameters: { P: { Type: 'String', MinValue: 2 } } },
      'InvalidSchema',
      'Parameters.P.MinValue',
    ],
    [
      'a type of resource',
      { Resources: { V: { Type: 'ALIYUN::ECS::VPC' } } },
      'SandboxUnsupportedTemplate',
      'Resources.V.Type: ALIYUN::ECS::VPC',
    ],
    [
      'a key of a resource',
      project({ Name: 'audit' }, { Dependson: [] }),
      'InvalidSchema',
      'Resources.P.Dependson',
    ],
    [
      'Count',
      project({ Name: 'audit' }, { Count: 2 }),
      'SandboxUnsupportedTemplate',
      'Resources.P.Count',
    ],
    [
      'a deletion policy',
      project({ Name: 'audit' }, { DeletionPolicy: 'Keep' }),
      'InvalidSchema',
      'DeletionPolicy',
    ],
    [
      'a dependency on nothing',
      project({ Name: 'audit' }, { DependsOn: 'X' }),
      'InvalidTemplateReference',
      '"X" (in Resources.P.DependsOn)',
    ],
    [
      'a property',
      project({ Name: 'audit', Nane: 'x' }),
      'StackValidationFailed',
      'resources.P.properties: Unknown Property Nane',
    ],
    [
      'a property of ROS',
      project({ Name: 'audit', Tags: [] }),
      'SandboxUnsupportedTemplate',
      'resources.P.properties.Tags',
    ],
    ['a missing property', project({}), 'StackValidationFailed', 'Property Name not assigned'],
    [
      'a property of another type',
      project({ Name: ['audit'] }),
      'StackValidationFailed',
      'resources.P.properties.Name: Value must be a string',
    ],
    [
      'a property out of range',
      project({ Name: 'ab' }),
      'StackValidationFailed',
      'length (2) is out of range',
    ],
    [
      'a Ref to nothing',
      project({ Name: { Ref: 'X' } }),
      'InvalidTemplateReference',
      'The specified reference "X" (in Resources.P.Properties.Name) is incorrect.',
    ],
    [
      'an attribute',
      output({ 'Fn::GetAtt': ['Queue', 'Url'] }),
      'InvalidTemplateAttribute',
      'The Referenced Attribute (Queue Url) is incorrect.',
    ],
    [
      'an attribute of nothing',
      output({ 'Fn::GetAtt': ['X', 'Url'] }),
      'InvalidTemplateReference',
      '"X"',
    ],
    [
      'a name in Fn::Sub',
      output({ 'Fn::Sub': sub('a-<X>') }),
      'InvalidTemplateReference',
      '"X" (in Outputs.It.Value.Fn::Sub)',
    ],
    [
      'a function',
      output({ 'Fn::Base64Encode': 'x' }),
      'SandboxUnsupportedTemplate',
      'Outputs.It.Value.Fn::Base64Encode',
    ],
    [
      'a pseudo parameter',
      output({ Ref: 'ALIYUN::AccountId' }),
      'SandboxUnsupportedTemplate',
      'ALIYUN::AccountId',
    ],
    [
      'a function beside a key',
      output({ Ref: 'Queue', x: 1 }),
      'InvalidSchema',
      'Outputs.It.Value.Ref',
    ],
    ['Fn::If on nothing', output({ 'Fn::If': ['X', 1, 2] }), 'InvalidTemplateReference', '"X"'],
    ['an output without a value', { Outputs: { It: {} } }, 'InvalidSchema', 'Outputs.It.Value'],
    [
      'a resource in a condition',
      { Resources: { Queue: QUEUE }, ...conditions({ 'Fn::Equals': [{ Ref: 'Queue' }, 1] }) },
      'InvalidTemplateReference',
      '"Queue"',
    ],
    [
      'conditions in a circle',
      conditions({ 'Fn::Not': 'Two' }),
      'CircularDependency',
      'One -> Two -> One',
    ],
    [
      'a function in a condition',
      conditions({ 'Fn::Contains': [] }),
      'SandboxUnsupportedTemplate',
      'Conditions.One.Fn::Contains',
    ],
    [
      'a condition by a key',
      conditions({ Condition: 'Two' }),
      'SandboxUnsupportedTemplate',
      'Conditions.One.Condition',
    ],
    [
      'Fn::Not of a list',
      conditions({ 'Fn::Not': ['Two'] }),
      'SandboxUnsupportedTemplate',
      'Conditions.One.Fn::Not: a list',
    ],
    [
      'a list in a text',
      { ...output({ 'Fn::Sub': sub('<L>') }), Parameters: { L: LIST } },
      'StackValidationFailed',
      'Outputs.It.Value.Fn::Sub puts together something that is not a text',
    ],
    [
      'resources in a circle',
      {
        Resources: {
          A: { Type: 'ALIYUN::SLS::Project', DependsOn: 'B', Properties: { Name: 'audit' } },
          B: { ...QUEUE, Properties: { QueueName: { 'Fn::GetAtt': ['A', 'Name'] } } },
        },
      },
      'CircularDependency',
      'Circular Dependency Found: A -> B -> A.',
    ],
    [
      'a reference to what its condition leaves out',
      {
        Conditions: { Never: { 'Fn::Equals': [1, 2] } },
        Resources: { Queue: { ...QUEUE, Condition: 'Never' } },
        Outputs: { It: { Value: { Ref: 'Queue' } } },
      },
      'InvalidTemplateReference',
      '"Queue" (in Outputs.It)',
    ],
  ])('%s', (_case, sections, code, message) => {
    expect(() => create(sections)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
    expect(sandbox.orchestration.stacks()).toEqual([]);
  });

  it.each([
    ['text that is neither YAML nor JSON', 'a: [', 'InvalidSchema'],
    ['a list', '[]', 'InvalidSchema'],
    ['a key twice', 'a: 1\na: 2', 'InvalidSchema'],
    [
      'a tag',
      "ROSTemplateFormatVersion: '2015-09-01'\nOutputs: { It: { Value: !Ref x } }",
      'SandboxUnsupportedTemplate',
    ],
    ['more than 512 KiB', `# ${'x'.repeat(524_288)}`, 'InvalidSchema'],
  ])('%s', (_case, templateBody, code) => {
    expect(() => sandbox.orchestration.createStack({ name: 's', templateBody })).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it('a failing resource, in process', () => {
    sandbox.messageService.createQueue('failures');
    expect(() => create({ Resources: { Queue: QUEUE } })).toThrow(
      'The stack onboarding is CREATE_ROLLBACK_COMPLETE: Resource CREATE failed: Exception: resources.Queue: QueueAlreadyExist',
    );
  });
});
