import { describe, expect, it } from 'vitest';
import { createLogs, DOUBLE, LONG, TEXT } from '../../../testing/analytics-logs.ts';

const INDEX = { keys: { name: TEXT, team: TEXT, n: LONG, share: DOUBLE } };
const { query } = createLogs(INDEX, [
  { name: 'Ada', team: 'red', n: '1', share: '0.5' },
  { name: 'Bob', team: 'red', n: '20', share: '2' },
  { name: 'cy_d', team: 'blue', n: '300', share: '-1.25' },
  { name: 'Éva', n: 'many' },
]);

/** Longer than what such expressions are told apart by. */
const LONG_SUM = `n${' + n'.repeat(99)}`;

/** The values of the only column. */
const values = async (statement: string) =>
  (await query(`* | ${statement}`)).map((row) => Object.values(row).join(','));
/** The only value. */
const value = async (expression: string) => {
  const rows = await query(`* | select ${expression} as x from log limit 1`);
  return rows[0]?.x;
};

describe('clauses', () => {
  it.each([
    ['select n order by n', ['1', '20', '300', 'null']],
    ['SELECT N FROM LOG WHERE Log.N = 1', ['1']],
    ['select n from log order by n desc', ['300', '20', '1', 'null']],
    ['select l.n from log as l where l.n > 1 order by 1', ['20', '300']],
    ['select n from log limit 1, 2', ['20', '300']],
    ['select n limit 0', []],
    ['select distinct team order by team', ['blue', 'red', 'null']],
    ['select count(*) as c group by team order by c desc, team', ['2', '1', '1']],
    ['select team, sum(n) group by 1 order by 2 desc', ['blue,300', 'red,21', 'null,null']],
    ['select team, sum(n) as s group by team having sum(n) > 21', ['blue,300']],
    ['select upper(team) as t, count(*) group by t order by t', ['BLUE,1', 'RED,2', 'null,1']],
    ['select count(team)', ['3']],
    ['select sum(n) where n < 0', ['null']],
    ['select n + 1 as m where n is not null order by m * -1', ['301', '21', '2']],
    ['select n where n = 1 union all select n where n = 20 order by n desc', ['20', '1']],
    ['select n where n = 1 union all select share where n = 1 order by n', ['0.5', '1.0']],
    [
      'select k, x from (select 1 as k, name as x from log where n = 1 union all select 2, team from log where n = 20) order by k desc limit 1',
      ['2,red'],
    ],
    ['select n from log as l where l.n > 1 order by n desc', ['300', '20']],
    ['select 1 as x limit 1', ['1']],
    ['select 5 as five, count(*) group by five', ['5,4']],
    ['select n where n = 1 order by 5 + 5', ['1']],
    [
      'with big as (select n from log where n > 1), one as (select max(n) as m from big) select m from one',
      ['300'],
    ],
    [
      'select name from (select name, row_number() over (partition by team order by n desc) as place from log where team is not null) where place = 1 order by name',
      ['Bob', 'cy_d'],
    ],
    ['select rank() over (order by team) as place order by place', ['1', '2', '2', '4']],
    ['select dense_rank() over (order by team desc) as d order by d', ['1', '1', '2', '3']],
    [
      'select name, row_number() over (order by team, n desc) as r where n > 0 order by r',
      ['cy_d,1', 'Bob,2', 'Ada,3'],
    ],
    [
      'select count(*), rank() over (order by count(*) desc) as r group by team order by r',
      ['2,1', '1,2', '1,2'],
    ],
    ['select "n" as "of them" where "n" = 1', ['1']],
    ['select n from (select n from log order by n desc limit 2) order by n', ['20', '300']],
    [`select ${LONG_SUM} as s group by ${LONG_SUM} order by s`, ['100', '2000', '30000', 'null']],
    ['select team, max(n) as n group by team order by n desc limit 1', ['blue,300']],
  ])('%s', async (statement, expected) => {
    expect(await values(statement)).toEqual(expected);
  });

  it('gives 100 rows when none are asked for', async () => {
    const logs = createLogs(
      INDEX,
      Array.from({ length: 120 }, (_, n) => ({ n: String(n) })),
    );
    expect(await logs.query('* | select n')).toHaveLength(100);
    expect(await logs.query('* | select n limit 1000000')).toHaveLength(120);
    expect(await logs.query('* | select count(*) as c from (select n from log)')).toEqual([
      { c: '120' },
    ]);
  });

  it('shows every column of *, and names what has no name by its place', async () => {
    expect(await query('n = 20 | select *')).toEqual([
      {
        name: 'Bob',
        team: 'red',
        n: '20',
        share: '2.0',
        __time__: '1768046400',
        __topic__: 'onboarding',
        __source__: 'test',
      },
    ]);
    expect(await query('n = 20 | select n, n + 1, count(*) over_all group by n')).toEqual([
      { n: '20', _col1: '21', over_all: '1' },
    ]);
  });
});

describe('expressions', () => {
  it.each([
    ["'it''s'", "it's"],
    ['1 + 2 * 3 - -4', '11'],
    ['(1 + 2) * 3', '9'],
    ['7 / 2', '3'],
    ['-7 / 2', '-3'],
    ['7 / 2.0', '3.5'],
    ['7 % 4', '3'],
    ['7.5 % 2', '1.5'],
    ['1.0 / 0', 'Infinity'],
    ['1.5e3', '1500.0'],
    ['10000000 * 1.0', '1.0E7'],
    ['15 / 100000.0', '1.5E-4'],
    ['9007199254740993 + 0', '9007199254740993'],
    ['null', 'null'],
    ['not true or true', 'true'],
    ['not (true or true)', 'false'],
    ['true or false and false', 'true'],
    ['null = 1', 'null'],
    ['2 between 1 and 2', 'true'],
    ['3 not between 1 and 2', 'true'],
    ["'a' in ('b', 'a')", 'true'],
    ["'A' in ('b', 'a')", 'false'],
    ['1 not in (2, 3.0)', 'true'],
    ["'cy_d' like 'cy_%'", 'true'],
    ["'Ada' like 'a%'", 'false'],
    ["'a.b\ncd' like '_.%c_'", 'true'],
    ["'abab' like '%ab_%'", 'true'],
    ["'aab' like '%ab%ab%'", 'false'],
    ["null like '%'", 'null'],
    ['null and false', 'false'],
    ['null and true', 'null'],
    ['null or true', 'true'],
    ['1 in (2, null)', 'null'],
    ['1 in (1.0, null)', 'true'],
    ['0.0 / 0.0', 'NaN'],
    ["'b' < 'a'", 'false'],
    ['1 <> 2', 'true'],
    ['1 != 1.0', 'false'],
    ["case when 1 > 2 then 'a' when 2 > 1 then 'b' else 'c' end", 'b'],
    ["case 3 when 1 then 'a' end", 'null'],
    ['case when true then 1 else 2.5 end', '1.0'],
    ['if(1 > 2, 1)', 'null'],
    ["if(2 > 1, 'a', 'b')", 'a'],
    ['coalesce(null, 2, 3)', '2'],
    ['coalesce(1, 2.5)', '1.0'],
    ["nullif('a', 'a')", 'null'],
    ["concat('a', null)", 'null'],
    ["concat('a', 'b', 'c')", 'abc'],
    ["upper('éa')", 'ÉA'],
    ["lower('ÉA')", 'éa'],
    ['round(2.5)', '3.0'],
    ['round(-2.5)', '-3.0'],
    ['round(1.256, 2)', '1.26'],
    ['round(7)', '7'],
    ["cast('12' as bigint) + 1", '13'],
    ['cast(1.5 as bigint)', '2'],
    ["cast('1e2' as double)", '100.0'],
    ['cast(3 as double)', '3.0'],
    ['cast(2.0 as varchar)', '2.0'],
    ["concat(cast(9007199254740993 as varchar), '!')", '9007199254740993!'],
    ['cast(1 = 1 as varchar)', 'true'],
    ["cast('9007199254740993' as bigint)", '9007199254740993'],
    ["date_trunc('hour', __time__)", '2026-01-10 20:00:00.000'],
    ["date_trunc('week', __time__)", '2026-01-05 00:00:00.000'],
    ["date_trunc('month', __time__)", '2026-01-01 00:00:00.000'],
    ["date_trunc('quarter', from_unixtime(1592374067))", '2020-04-01 00:00:00.000'],
    ["date_trunc('year', now())", '2026-01-01 00:00:00.000 Asia/Shanghai'],
    ['from_unixtime(1592374067)', '2020-06-17 14:07:47.000'],
    [
      "date_format(from_unixtime(1592374067.5), '%Y-%m-%d %H:%i:%s|%y%c%e|%h %p|%T|%b %a|%%')",
      '2020-06-17 14:07:47|20617|02 PM|14:07:47|Jun Wed|%',
    ],
    ['now()', '2026-01-12 20:00:00.000 Asia/Shanghai'],
    ['to_unixtime(now()) - __time__', '172800.0'],
    ['__time__ - __time__ % 300', '1768046400'],
  ])('%s is %s', async (expression, expected) => {
    expect(await value(expression)).toBe(expected);
  });
});

describe('aggregates', () => {
  it.each([
    ['avg(n)', '107.0'],
    ['sum(share)', '1.25'],
    ['min(name)', 'Ada'],
    ['max(share)', '2.0'],
    ['max_by(name, n)', 'cy_d'],
    ['min_by(name, n)', 'Ada'],
    ['max_by(n, share)', '20'],
    ['max_by(9007199254740993, n)', '9007199254740993'],
    ['count(distinct team)', '2'],
    ['approx_percentile(n, 0.5)', '20'],
    ['approx_percentile(n, 0)', '1'],
    ['approx_percentile(share, 1)', '2.0'],
    ["bool_or(team = 'blue')", 'true'],
    ["bool_and(team = 'blue')", 'false'],
    ['count_if(n > 1)', '2'],
    ['sum(n) * 1.0 / count(*)', '80.25'],
    ['approx_percentile(n, 0.9) - min(n)', '299'],
  ])('%s is %s', async (expression, expected) => {
    expect(await value(expression)).toBe(expected);
  });

  it('are null, or 0, over no rows', async () => {
    expect(
      await query(
        'n = 7 | select count(*) as c, count_if(n > 1) as i, avg(n) as a, max_by(name, n) as b, approx_percentile(n, 0.5) as p, bool_or(n > 1) as o',
      ),
    ).toEqual([{ c: '0', i: '0', a: 'null', b: 'null', p: 'null', o: 'null' }]);
    expect(await query('n = 7 | select team, count(*) group by team')).toEqual([]);
  });

  it('takes the first of equal keys', async () => {
    expect(await value('max_by(name, __time__)')).toBe('Ada');
    expect(await value('min_by(name, __time__)')).toBe('Ada');
  });
});
