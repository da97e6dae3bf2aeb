/** What this version would deploy, read as the tools that deploy it read it. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readDeployment, resultStore } from '../../../cli/doctor/deployment.ts';
import { differences } from '../../../cli/doctor/differences.ts';
import { functionsToDeploy } from '../../../cli/doctor/serverless-devs-file.ts';
import { readTemplate, resolveResource } from '../../../cli/doctor/stack-template.ts';
import { renderServerlessDevs } from '../../../sandbox/src/deployment/render-serverless-devs.ts';
import { evaluate } from '../../stack-yaml/evaluate.ts';
import { TEMPLATE } from '../../stack-yaml/template.ts';

const FILE = fileURLToPath(new URL('../../../s.yaml', import.meta.url));
const ACCOUNT_ID = '1000000000000001';

interface Rendered {
  resources: Record<
    string,
    {
      props: Record<string, unknown> & {
        functionName: string;
        asyncInvokeConfig: Record<string, unknown>;
        triggers?: { triggerName: string; triggerConfig: unknown }[];
      };
    }
  >;
}

describe('the functions of s.yaml', () => {
  it.each([
    ['with nothing set', {}],
    ['with empty values', { REGION: '', OVERDUE_AFTER_SECONDS: '' }],
    [
      'with everything set',
      {
        REGION: 'ap-southeast-1',
        ALIBABA_CLOUD_SITE: 'international',
        ACCOUNT_GROUP_ID: 'ca-1',
        OVERDUE_AFTER_SECONDS: '3600',
      },
    ],
  ])('are what Serverless Devs makes of them, %s', async (_, environment) => {
    const env = { ...environment, MANAGEMENT_ACCOUNT_ID: ACCOUNT_ID };
    const { resources } = (await renderServerlessDevs({ file: FILE, env })) as Rendered;
    const functions = (await readDeployment(environment)).functions(ACCOUNT_ID);
    expect(functions).toHaveLength(Object.keys(resources).length);
    for (const { props } of Object.values(resources)) {
      const one = functions.find(({ name }) => name === props.functionName);
      expect({ ...props }).toMatchObject(one?.settings ?? { none: true });
      expect(props.asyncInvokeConfig).toMatchObject(one?.asyncInvokeConfig ?? { none: true });
      expect(props.concurrencyConfig).toEqual({ reservedConcurrency: one?.reservedConcurrency });
      expect((props.triggers ?? []).map((trigger) => trigger.triggerConfig)).toEqual(
        one?.triggers.map(({ config }) => config),
      );
      // Nothing of the function itself is left out.
      expect(Object.keys(props).sort()).toEqual(
        [
          ...Object.keys(one?.settings ?? {}),
          'asyncInvokeConfig',
          'code',
          'concurrencyConfig',
          'functionName',
          'region',
          ...(props.triggers === undefined ? [] : ['triggers']),
        ].sort(),
      );
    }
  });

  it('write their results to the store of the stack', async () => {
    const deployment = await readDeployment({});
    expect(resultStore(deployment, ACCOUNT_ID)).toEqual({
      project: `account-onboarding-${ACCOUNT_ID}`,
      logstore: 'results',
    });
  });

  it.each(["env('A', env('B'))", 'resources.a.props.b', 'vars.none'])(
    'are not guessed where the file has %s',
    (expression) => {
      const props = { functionName: `$\{${expression}}` };
      expect(() => functionsToDeploy({ resources: { a: { props } } }, {})).toThrow(
        "which onboard can't read",
      );
    },
  );
});

describe('the resources of stack.yaml', () => {
  const place = { region: 'cn-hangzhou', accountId: ACCOUNT_ID, parameters: {} };

  it.each(Object.keys(TEMPLATE.Resources))('%s has its properties', async (logicalId) => {
    const { foundations } = await readDeployment({});
    const { isMade, properties } = resolveResource(foundations, logicalId, place);
    expect(isMade).toBe(true);
    // What has to be looked up is only ours to know: all else is compared with another evaluation.
    const attributes = JSON.stringify(evaluate(TEMPLATE.Resources[logicalId]?.Properties, true));
    const paths = differences(JSON.parse(attributes), JSON.parse(JSON.stringify(properties)));
    expect(paths.filter(({ expected }) => !hasAttribute(expected))).toEqual([]);
  });

  const hasAttribute = (value: unknown) => JSON.stringify(value).includes('an-attribute');

  it('have the attributes of the others', async () => {
    const { foundations } = await readDeployment({});
    const project = `account-onboarding-${ACCOUNT_ID}`;
    const propertiesOf = (logicalId: string) =>
      resolveResource(foundations, logicalId, place).properties;
    expect(propertiesOf('ResultsIndex')).toMatchObject({
      ProjectName: project,
      LogstoreName: 'results',
    });
    expect(propertiesOf('RunAlert')).toMatchObject({ Project: project });
    expect(propertiesOf('Flow')).toMatchObject({
      RoleArn: `acs:ram::${ACCOUNT_ID}:role/account-onboarding-flow`,
    });
  });

  it('follow their parameters and conditions', async () => {
    const { foundations } = await readDeployment({});
    const parameters = { RetentionDays: '730', ResultStore: 'Existing' };
    const resolved = (logicalId: string) =>
      resolveResource(foundations, logicalId, { ...place, parameters });
    expect(resolved('Results')).toMatchObject({ isMade: false, properties: { TTL: 730 } });
    expect(resolved('FunctionLogs')).toMatchObject({
      isMade: true,
      properties: { ProjectName: `account-onboarding-${ACCOUNT_ID}` },
    });
  });

  it.each([
    ['Create', ['LogProject', 'Results', 'ResultsIndex']],
    ['ExistingProject', ['Results', 'ResultsIndex']],
    ['ExistingLogstore', ['ResultsIndex']],
    ['Existing', []],
  ])('say what the stack makes of the log store: ResultStore=%s', async (ResultStore, made) => {
    const { foundations } = await readDeployment({});
    const parameters = { ResultStore };
    const resolved = (logicalId: string) =>
      resolveResource(foundations, logicalId, { ...place, parameters });
    const all = ['LogProject', 'Results', 'ResultsIndex'];
    expect(all.filter((logicalId) => resolved(logicalId).isMade)).toEqual(made);
    expect(resolved('ResultsIndex').properties).toMatchObject({
      ProjectName: `account-onboarding-${ACCOUNT_ID}`,
      LogstoreName: 'results',
    });
  });

  it.each([
    ['Fn::Join', { 'Fn::Join': ['', []] }],
    ['no parameter', { Ref: 'Nothing' }],
    ['no resource', { 'Fn::GetAtt': ['Nothing', 'Name'] }],
    ['no attribute', { 'Fn::GetAtt': ['A', 'Nothing'] }],
    ['The condition', { 'Fn::If': ['Nothing', 1, 2] }],
  ])('are not guessed: %s', (message, value) => {
    const Resources = { A: { Type: 'A', Properties: { value } } };
    const template = readTemplate(JSON.stringify({ Resources }));
    expect(() => resolveResource(template, 'A', place)).toThrow(message);
  });

  it('are read from a template only', () => {
    expect(() => readTemplate('Resources: none')).toThrow();
  });
});

describe('differences', () => {
  it.each([
    ['none', { a: { b: 1 } }, { a: { b: 1, c: 2 } }, [], []],
    ['another value', { a: { b: 1 } }, { a: { b: 2 } }, [], ['a.b']],
    ['an absent one', { a: { b: 1 } }, { a: {} }, [], ['a.b']],
    ['an absent map', { a: { b: 1 } }, {}, [], ['a']],
    ['another list', { a: [1, 2] }, { a: [2, 1] }, [], ['a']],
    [
      'one too many, in a strict place',
      { a: { b: 1 } },
      { a: { b: 1, c: 2 }, d: 3 },
      ['a'],
      ['a.c'],
    ],
    ['one too many, where all is strict', { a: {} }, { a: { c: 2 }, d: 3 }, [''], ['a.c', 'd']],
    ['a map and a text', { a: { b: 1 } }, { a: 'b' }, [], ['a']],
    ['nothing at all', 1, undefined, [], ['']],
  ] as const)('%s', (_, expected, actual, strict, paths) => {
    expect(differences(expected, actual, strict).map(({ path }) => path)).toEqual(paths);
  });
});
