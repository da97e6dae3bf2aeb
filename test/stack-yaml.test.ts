/** What `stack.yaml` promises beside what it deploys to. */
import { describe, expect, it } from 'vitest';
import { cloudError } from './stack-yaml/cloud-error.ts';
import { chartsOf, unknownChartKeys } from './stack-yaml/documented-charts.ts';
import { evaluate } from './stack-yaml/evaluate.ts';
import { matches, statements } from './stack-yaml/policies.ts';
import { TEMPLATE } from './stack-yaml/template.ts';
import { evaluateExpression } from './support/stack/alert-expression.ts';
import { account, run } from './support/stack/entries.ts';
import { deployMonitoring, minutesAgo, NOW_MS } from './support/stack/monitoring.ts';

const { Parameters, Resources, Outputs } = TEMPLATE;

describe('in the console', () => {
  it('describes itself and every parameter in English and in Chinese', () => {
    const wordings = [
      TEMPLATE.Description,
      ...Object.values(Parameters).flatMap((one) => [
        one.Label,
        one.Description,
        one.ConstraintDescription,
      ]),
      ...groups().map(({ Label }) => Label.default),
    ];
    for (const { en, 'zh-cn': chinese } of wordings) {
      expect(en).toMatch(/^[ -~]+$/);
      expect(chinese).toMatch(/\p{Script=Han}/u);
    }
  });

  it('every parameter has a default, and a place in the form', () => {
    expect(groups().flatMap(({ Parameters: names }) => names)).toEqual(Object.keys(Parameters));
    expect(() => deployMonitoring()).not.toThrow();
  });

  function groups() {
    return TEMPLATE.Metadata['ALIYUN::ROS::Interface'].ParameterGroups;
  }
});

describe('the log store', () => {
  it('is retained with its project and index, and nothing else is', () => {
    const retained = Object.entries(Resources).filter(([, { DeletionPolicy }]) => DeletionPolicy);
    expect(retained.map(([id]) => id)).toEqual(['LogProject', 'Results', 'ResultsIndex']);
  });

  it('has an index with analytics on every field that the workflow writes', () => {
    const written = new Set(
      [
        account(
          NOW_MS,
          '1',
          {
            name: 'n',
            outcome: 'failed',
            recorderStatus: 'BUILDING',
            error: Object.assign(cloudError('Code', 'message'), { requestId: 'q' }),
            recommendation: 'r',
          },
          { startAttempts: 1 },
        ),
        run(NOW_MS, { reason: 'r', outcome: 'failed' }),
      ].flatMap((entry) => Object.keys(entry)),
    );
    expect([...written].filter((field) => !indexed().has(field))).toEqual([]);
    const contract = [...written, 'event_id', 'event_name', 'organization_status'];
    expect([...indexed().keys()].filter((field) => !contract.includes(field))).toEqual([]);
  });

  it('counts are numbers in the index, all else is text', () => {
    const counts = Object.entries(run(NOW_MS)).filter(([, value]) => /^\d+$/.test(value));
    const numbers = [...indexed()].filter(([, type]) => type === 'long').map(([name]) => name);
    const textOnly = ['schema_version', 'management_account_id'];
    expect(numbers.toSorted()).toEqual(
      counts
        .map(([name]) => name)
        .filter((name) => !textOnly.includes(name))
        .toSorted(),
    );
  });

  it('can be one that a deleted stack left behind', async () => {
    const { orchestration } = deployMonitoring();
    expect(orchestration.stacks()[0]?.resources).toHaveProperty('Results');
    expect(() => deployMonitoring({ ResultStore: 'Existing' })).toThrow('ProjectNotExist');
  });

  function indexed(): Map<string, string> {
    const indices = Reflect.get(Resources.ResultsIndex?.Properties ?? {}, 'KeyIndices');
    if (!Array.isArray(indices)) throw new Error('There is no index.');
    return new Map(
      indices
        .filter(({ EnableAnalytics }) => EnableAnalytics === true)
        .map(({ Name, Type }) => [String(Name), String(Type)]),
    );
  }
});

describe('the policies', () => {
  it('say nothing that could stop, delete or do everything', () => {
    const actions = statements().flatMap(({ actions: all }) => all);
    expect(actions.length).toBeGreaterThan(5);
    const forbidden = /Stop|Delete|Remove|Detach|Disable|Update|Modify|Put|\*/i;
    expect(actions.filter((action) => forbidden.test(action))).toEqual([]);
    expect(actions.filter((action) => /^config:/.test(action)).toSorted()).toEqual([
      'config:DescribeConfigurationRecorder',
      'config:GetAggregator',
      'config:ListAggregators',
      'config:StartConfigurationRecorder',
    ]);
  });

  it.each([
    'config:StopConfigurationRecorder',
    'config:PutConfigurationRecorder',
    'config:DeleteAggregators',
    'log:DeleteLogStore',
    'log:DeleteProject',
    'resourcemanager:DeleteAccount',
    'ram:DeleteRole',
    'ram:AttachPolicyToRole',
    'mns:DeleteQueue',
    'fc:DeleteFunction',
  ])('don’t allow %s', (action) => {
    const allowing = statements().filter(({ actions }) =>
      actions.some((pattern) => matches(pattern, action)),
    );
    expect(allowing).toEqual([]);
  });

  it('name the resources, wherever the action has any', () => {
    const everywhere = statements().filter(({ resources }) => resources.includes('*'));
    expect(everywhere.flatMap(({ actions }) => actions).toSorted()).toEqual([
      'config:DescribeConfigurationRecorder',
      'config:StartConfigurationRecorder',
      'ram:CreateServiceLinkedRole',
      'resourcemanager:GetResourceDirectory',
      'resourcemanager:ListAccounts',
    ]);
  });
});

describe('the dashboard', () => {
  it('has documented keys only', () => {
    expect(chartsOf(Resources.Dashboard).flatMap(unknownChartKeys)).toEqual([]);
    const [chart] = chartsOf(Resources.Dashboard);
    expect(unknownChartKeys({ ...chart, serch: {} })).toEqual(['serch']);
  });

  it('asks what it shows: `tokenQuery` is the query with variables, and there are none', () => {
    for (const { search } of chartsOf(Resources.Dashboard)) {
      for (const { query, tokenQuery } of search.chartQueries) expect(tokenQuery).toBe(query);
    }
  });

  it('has charts of their own names that lie beside each other on a grid of 24', () => {
    const charts = chartsOf(Resources.Dashboard);
    const titles = charts.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
    for (const title of titles) expect(title).toMatch(/^[a-z0-9][a-z0-9_-]{0,98}[a-z0-9]$/);
    const taken = charts.flatMap(({ display: { xPos, yPos, width, height } }) =>
      Array.from({ length: width * height }, (_, cell) => {
        const x = xPos + (cell % width);
        expect(x).toBeLessThan(24);
        return `${x}/${yPos + Math.floor(cell / width)}`;
      }),
    );
    expect(new Set(taken).size).toBe(taken.length);
  });

  it('binds axes to columns that the query has', async () => {
    const deployed = deployMonitoring();
    deployed.append(
      run(minutesAgo(1)),
      account(minutesAgo(1), 'a', { outcome: 'covered', durationMs: 1 }, { trigger: 'event' }),
    );
    for (const { title, display } of chartsOf(Resources.Dashboard)) {
      const bound = Object.values(display.queryOptionMap ?? {}).flatMap((map) => [
        map.xAxisKey,
        ...map.yAxisKeys,
        ...(map.aggField === undefined ? [] : [map.aggField]),
      ]);
      const [row] = bound.length === 0 ? [{}] : await deployed.chart(title);
      expect(Object.keys(row ?? {}), title).toEqual(expect.arrayContaining(bound));
    }
  });
});

describe('the outputs', () => {
  it('are what the functions and the command ask for', () => {
    expect(Object.keys(Outputs)).toEqual(expect.arrayContaining(['LogProject', 'LogStore']));
    expect(evaluate(Outputs.LogStore?.Value, true)).toBe('results');
  });
});

describe('evaluate expressions, as the tests read them', () => {
  const row = { runs: '0', minutes: '61.5', outcome: 'failed', accounts: '10' };
  it.each([
    ['runs < 1', true],
    ['runs > 0', false],
    ['accounts >= 9', true],
    ["outcome == 'failed' && accounts < 1", false],
    ["outcome != 'failed' || (minutes >= 60 && runs <= 0)", true],
  ])('%s is %s', (expression, value) => {
    expect(evaluateExpression(expression, row)).toBe(value);
  });

  it.each([
    ['', '1 to 128'],
    [`runs < ${'1'.repeat(128)}`, '1 to 128'],
    ['start_attempts > 1', 'Not supported'],
    ['runs < 1 and accounts > 1', 'out of place'],
    ["outcome =~ 'f.*'", 'Not supported'],
    ['runs + 1 > 2', 'Not supported'],
    ['missing > 1', 'no column missing'],
    ['(runs < 1', 'not closed'],
    ['runs <', 'too early'],
    ['runs && accounts', 'neither true nor false'],
  ])('%s is refused', (expression, message) => {
    expect(() => evaluateExpression(expression, row)).toThrow(message);
  });
});
