/** What a template may say, and how it is refused. */
import { describe, expect, it } from 'vitest';
import { eachTest } from '../../testing/each-test.ts';
import {
  ACCOUNT_ID,
  startOrchestrationSandbox,
  template,
} from '../../testing/orchestration-sandbox.ts';

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

/** What a value of an output comes to. */
const outputOf = (
  value: unknown,
  sections: Readonly<Record<string, unknown>> = {},
  parameters = {},
) => create({ ...sections, Outputs: { It: { Value: value } } }, parameters).outputs.It;

describe('functions', () => {
  const sections = {
    Parameters: {
      Name: { Type: 'String', Default: 'audit' },
      Count: { Type: 'Number', Default: 3 },
      List: { Type: 'CommaDelimitedList', Default: 'a, b' },
      Flag: { Type: 'Boolean', Default: true },
    },
    Resources: { Queue: QUEUE },
    Conditions: {
      IsAudit: { 'Fn::Equals': ['audit', { Ref: 'Name' }] },
      IsOther: { 'Fn::Not': 'IsAudit' },
      IsBoth: { 'Fn::And': ['IsAudit', { 'Fn::Not': 'IsOther' }] },
      IsEither: { 'Fn::Or': ['IsOther', { 'Fn::Equals': [{ Ref: 'Count' }, 4] }] },
      IsFlag: { 'Fn::Equals': [{ Ref: 'Flag' }, true] },
    },
  };

  it.each<[string, unknown, unknown]>([
    ['a text', 'x', 'x'],
    ['Ref of a parameter', { Ref: 'Name' }, 'audit'],
    ['Ref of a number', { Ref: 'Count' }, 3],
    ['Ref of a list', { Ref: 'List' }, ['a', 'b']],
    ['Ref of a resource', { Ref: 'Queue' }, 'failures'],
    ['Ref of the region', { Ref: 'ALIYUN::Region' }, 'cn-hangzhou'],
    ['Ref of the account', { Ref: 'ALIYUN::TenantId' }, ACCOUNT_ID],
    ['Ref of the stack', { Ref: 'ALIYUN::StackName' }, 'onboarding'],
    ['Fn::GetAtt', { 'Fn::GetAtt': ['Queue', 'QueueName'] }, 'failures'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'Name' }, 1]] }, 'a-audit-1'],
    ['Fn::Join of a list parameter', { 'Fn::Join': ['/', { Ref: 'List' }] }, 'a/b'],
    [
      'Fn::Sub',
      { 'Fn::Sub': sub('<Name>/<Queue.QueueName>/<ALIYUN::Region>/<!Name>/<Count>') },
      sub('audit/failures/cn-hangzhou/<Name>/3'),
    ],
    [
      'Fn::Sub with a map',
      { 'Fn::Sub': [sub('<A>-<Name>'), { A: { Ref: 'Queue' } }] },
      'failures-audit',
    ],
    ['Fn::If', { 'Fn::If': ['IsAudit', 'yes', 'no'] }, 'yes'],
    ['Fn::Not', { 'Fn::If': ['IsOther', 'yes', 'no'] }, 'no'],
    ['Fn::And', { 'Fn::If': ['IsBoth', 'yes', 'no'] }, 'yes'],
    ['Fn::Or', { 'Fn::If': ['IsEither', 'yes', 'no'] }, 'no'],
    ['a boolean in a condition', { 'Fn::If': ['IsFlag', 'yes', 'no'] }, 'yes'],
    [
      'NoValue in a map and a list',
      {
        a: { Ref: 'ALIYUN::NoValue' },
        b: ['x', { 'Fn::If': ['IsOther', 'y', { Ref: 'ALIYUN::NoValue' }] }],
      },
      { b: ['x'] },
    ],
  ])('%s', (_case, value, expected) => {
    expect(outputOf(value, sections)).toEqual(expected);
  });

  it('a condition leaves out resources, outputs, and dependencies on them', () => {
    const sectionsOf = (condition: string) => ({
      ...sections,
      Resources: {
        Queue: { ...QUEUE, Condition: condition },
        Project: {
          Type: 'ALIYUN::SLS::Project',
          DependsOn: 'Queue',
          Properties: { Name: 'audit' },
        },
      },
      Outputs: { Queue: { Value: { Ref: 'Queue' }, Condition: condition } },
    });
    expect(create(sectionsOf('IsOther'))).toMatchObject({
      outputs: {},
      resources: { Project: 'audit' },
    });
    expect(sandbox.messageService.hasQueue('failures')).toBe(false);
  });

  it('an order that only DependsOn says', async () => {
    create({
      Resources: {
        Queue: { ...QUEUE, DependsOn: ['Project'] },
        Project: { Type: 'ALIYUN::SLS::Project', Properties: { Name: 'audit' } },
      },
    });
    const [stack] = sandbox.orchestration.stacks();
    expect(Object.keys(stack?.resources ?? {})).toEqual(['Project', 'Queue']);
    const events = await sandbox.ros().listStackEvents(stack?.stackId ?? '', {
      status: ['CREATE_COMPLETE'],
    });
    expect(events?.events?.map((event) => event.logicalResourceId)).toEqual([
      'onboarding',
      'Queue',
      'Project',
    ]);
  });
});

describe('parameters', () => {
  const STRING = { Type: 'String', MinLength: 2, MaxLength: 4, AllowedPattern: '[a-z]*' };

  it.each<[string, unknown, string, unknown]>([
    ['a text', STRING, 'abc', 'abc'],
    ['an empty text', { Type: 'String', Default: 'x' }, '', ''],
    ['a number', { Type: 'Number', MinValue: 1, MaxValue: 5 }, '5', 5],
    ['a boolean', { Type: 'Boolean' }, 'true', true],
    ['a list', { Type: 'CommaDelimitedList' }, 'a,b , c', ['a', 'b', 'c']],
    ['an empty list', { Type: 'CommaDelimitedList' }, '', []],
    ['an allowed one', { Type: 'Number', AllowedValues: [1, 2] }, '2', 2],
  ])('%s', (_case, definition, given, expected) => {
    expect(outputOf({ Ref: 'P' }, { Parameters: { P: definition } }, { P: given })).toEqual(
      expected,
    );
  });

  it.each<[string, unknown, Readonly<Record<string, string>>, string, string]>([
    [
      'missing',
      { Type: 'String' },
      {},
      'UserParameterMissing',
      'The Parameter P was not provided.',
    ],
    [
      'unknown',
      { Type: 'String', Default: '' },
      { Q: 'x' },
      'UnknownUserParameter',
      'The Parameter (Q) was not defined in template.',
    ],
    ['too short', STRING, { P: 'a' }, 'StackValidationFailed', "'P' is invalid: its length, 1"],
    ['too long', STRING, { P: 'abcde' }, 'StackValidationFailed', 'max: 4'],
    ['of another form', STRING, { P: 'a1' }, 'StackValidationFailed', 'the pattern [a-z]*'],
    ['not a number', { Type: 'Number' }, { P: 'x' }, 'StackValidationFailed', 'it is not a Number'],
    [
      'too small',
      { Type: 'Number', MinValue: 7 },
      { P: '6' },
      'StackValidationFailed',
      '6 is out of range, min: 7',
    ],
    ['not a boolean', { Type: 'Boolean' }, { P: '1' }, 'StackValidationFailed', 'not a Boolean'],
    ['a large T', { Type: 'Boolean' }, { P: 'True' }, 'StackValidationFailed', 'not a Boolean'],
    [
      'not allowed',
      { Type: 'String', AllowedValues: ['a', 'b'] },
      { P: 'c' },
      'StackValidationFailed',
      'it is not an allowed value (a, b)',
    ],
    [
      'wrong in the words of the template',
      { ...STRING, ConstraintDescription: 'four letters' },
      { P: '1' },
      'StackValidationFailed',
      "Parameter 'P' is invalid: four letters.",
    ],
  ])('%s', (_case, definition, given, code, message) => {
    expect(() => create({ Parameters: { P: definition } }, given)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });

  it('with a default that is wrong are refused even when another value is given', () => {
    const definition = { Type: 'Number', Default: 1, MinValue: 2 };
    expect(() => create({ Parameters: { P: definition } }, { P: '3' })).toThrow(
      expect.objectContaining({ code: 'StackValidationFailed' }),
    );
  });

  it('that are secret are not shown', async () => {
    const { stackId } = create(
      { Parameters: { Secret: { Type: 'String', NoEcho: true } } },
      { Secret: 'hidden' },
    );
    const stack = await sandbox.ros().getStack(stackId);
    expect(stack?.parameters).toContainEqual(
      expect.objectContaining({ parameterKey: 'Secret', parameterValue: '******' }),
    );
    expect(JSON.stringify(stack)).not.toContain('hidden');
  });
});

describe('ValidateTemplate', () => {
  it('says what is in it', async () => {
    const body = template({
      Description: { en: 'A queue', 'zh-cn': '队列' },
      Metadata: { 'ALIYUN::ROS::Interface': { ParameterGroups: [] } },
      Parameters: { Name: { Type: 'String', Label: 'The name' } },
      Resources: { Queue: { ...QUEUE, Properties: { QueueName: { Ref: 'Name' } } } },
      Outputs: { Queue: { Value: { Ref: 'Queue' }, Description: 'Its name' } },
    });
    expect(await sandbox.ros().validateTemplate(body)).toMatchObject({
      description: 'A queue',
      parameters: [{ ParameterKey: 'Name', Type: 'String', Label: 'The name' }],
      outputs: [{ outputKey: 'Queue', description: 'Its name' }],
      resourceTypes: { resources: ['ALIYUN::MNS::Queue'] },
    });
    await expect(sandbox.ros().validateTemplate(template({ Nope: 1 }))).rejects.toMatchObject({
      code: 'InvalidTemplateSection',
    });
  });
});
