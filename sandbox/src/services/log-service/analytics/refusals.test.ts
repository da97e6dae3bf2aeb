import { describe, expect, it } from 'vitest';
import { createLogs, LONG, TEXT } from '../../../testing/analytics-logs.ts';

const INDEX = {
  line: { token: [' '] },
  keys: { name: TEXT, team: TEXT, n: LONG, hidden: { type: 'long' } },
};
const { query, service } = createLogs(INDEX, [{ name: 'Ada', n: '1', hidden: '2' }]);
const LONG_SUM = `n${' + n'.repeat(99)}`;

const refused = async (statement: string, code: string, message: string) => {
  await expect(query(`* |${statement}`)).rejects.toMatchObject({
    code,
    status: 400,
    message: expect.stringContaining(message),
  });
};

describe('as the service refuses', () => {
  it.each([
    [
      ' select hidden',
      "line 1:9: Column 'hidden' cannot be resolved;please add the column in the index attribute",
    ],
    ['select a.n from log b', "line 1:8: Column 'a.n' cannot be resolved"],
    [
      'select count(*) where name = "Ada"',
      `Column 'Ada' cannot be resolved; it seems Ada is wrapper by ";if Ada is a string ,not a key field, please use 'Ada'`,
    ],
    ['\n select\n  other', "line 3:3: Column 'other'"],
    ['select n where m > 1 group by n as m', "mismatched input 'as'"],
    ['select n as m where m > 1', "Column 'm' cannot be resolved"],
    ['select n as m, count(*) group by n having m > 1', "Column 'm' cannot be resolved"],
    ['select n from (select n as m from log)', "Column 'n' cannot be resolved"],
    ['select n from (select n, name as n from log)', "Column 'n' is ambiguous"],
    ["select 'a' =1", "line 1:12: '=' cannot be applied to varchar, bigint"],
    ['select count(*) where name > 5', "'>' cannot be applied to varchar, bigint"],
    ["select n + '1'", "line 1:10: '+' cannot be applied to bigint, varchar"],
    [`select ${LONG_SUM} group by ${LONG_SUM} + 1`, "line 1:8: Column 'n' not in GROUP BY clause"],
    ['select name in (1, 2)', 'IN value and list items must be the same type: varchar'],
    ['select name between 1 and 2', 'Cannot check if varchar is BETWEEN bigint and bigint'],
    [
      "select n like '1%'",
      'Left side of LIKE expression must evaluate to a varchar (actual: bigint)',
    ],
    [
      'select n and true',
      'Left side of logical expression must evaluate to a boolean (actual: bigint)',
    ],
    [
      'select true or name',
      'Right side of logical expression must evaluate to a boolean (actual: varchar)',
    ],
    ['select not n', 'Value of logical NOT expression must evaluate to a boolean (actual: bigint)'],
    ['select - name', "'-' cannot be applied to varchar"],
    ['select n where n', 'WHERE clause must evaluate to a boolean (actual: bigint)'],
    [
      'select count(*) having count(*)',
      'HAVING clause must evaluate to a boolean (actual: bigint)',
    ],
    [
      "select case when n then 'a' end",
      'CASE WHEN clause must evaluate to a boolean (actual: bigint)',
    ],
    [
      "select case n when 'a' then 1 end",
      'CASE operand type does not match WHEN clause operand type: bigint vs varchar',
    ],
    [
      "select case when true then 'a' else 1 end",
      'All CASE results must be the same type: varchar, bigint',
    ],
    [
      'select lower(n)',
      'Unexpected parameters (bigint) for function lower. Expected: lower(varchar)',
    ],
    ["select coalesce(n, 'a')", 'Unexpected parameters (bigint, varchar) for function coalesce'],
    [
      "select date_format(__time__, '%Y')",
      'Unexpected parameters (bigint, varchar) for function date_format',
    ],
    ['select sum(name)', 'Unexpected parameters (varchar) for function sum'],
    ['select sum(*)', 'Unexpected parameters for function sum'],
    ['select count()', 'Unexpected parameters for function count'],
    [
      'select n, count(*)',
      "Column 'n' not in GROUP BY clause;please add the column in the index attribute",
    ],
    ['select n, name group by n', "line 1:11: Column 'name' not in GROUP BY clause"],
    ['select count(*) group by n order by name', "Column 'name' not in GROUP BY clause"],
    ['select count(*) group by n having name = name', "Column 'name' not in GROUP BY clause"],
    ['select n + 1 group by n + 2', "Column 'n' not in GROUP BY clause"],
    ['select row_number() over (order by name) group by n', "Column 'name' not in GROUP BY clause"],
    ['select n group by 2', 'GROUP BY position 2 is not in select list'],
    ['select n order by 0', 'ORDER BY position 0 is not in select list'],
    [
      'select count(*) as c group by c',
      'GROUP BY clause cannot contain aggregations or window functions',
    ],
    ['select n where count(*) > 1', 'WHERE clause cannot contain aggregations or window functions'],
    [
      'select sum(count(*))',
      "Cannot nest aggregations or window functions inside aggregation 'sum'",
    ],
    ['select row_number()', 'Window function row_number requires an OVER clause'],
    [
      'select distinct n order by name',
      'For SELECT DISTINCT, ORDER BY expressions must appear in select list',
    ],
    [
      'select count(*) from (select n)',
      'you are using nested sql, please specify FROM LogStore in the innermost sql',
    ],
    [
      'select n from (select n from log limit 1, 2)',
      'limit x,y is available in the outermost query only',
    ],
    ['select n limit 1000001', 'reading data with pagination only allow reading max:1000000'],
    ['select n limit 999999, 2', 'reading data with pagination only allow reading max:1000000'],
    ['select n limit many', "mismatched input 'many' expecting a whole number"],
    ['select n, n union all select n', 'UNION query has different number of fields'],
    [
      'select n union all select name',
      'column 1 in UNION query has incompatible types: bigint, varchar',
    ],
    ['select n / 0', 'Division by zero'],
    ['select 9223372036854775807 + n', 'bigint overflow: 9223372036854775807 + 1'],
    [
      'select sum(9223372036854775807) from (select n from log union all select n from log)',
      'bigint addition overflow',
    ],
    ['select n % (n - 1)', 'Division by zero'],
    ["select cast('many' as bigint)", "Cannot cast 'many' to BIGINT"],
    ["select cast('many' as double)", "Cannot cast 'many' to DOUBLE"],
    ['select cast(now() as bigint)', 'Cannot cast timestamp with time zone to bigint'],
    ['select approx_percentile(n, 2)', 'Percentile must be between 0 and 1'],
    ["select date_trunc('fortnight', now())", "'fortnight' is not a valid Timestamp field"],
    ['select 99999999999999999999', 'Invalid numeric literal'],
    ['select __tag__:x', "line 1:8: identifiers must not contain ':'"],
    [
      'select 1st',
      'identifiers must not start with a digit; surround the identifier with double quotes',
    ],
    ["select 'open", 'line 1:8: unclosed string quote'],
    ['select “n”', "extraneous input '“'"],
    ['', "mismatched input '<EOF>' expecting 'SELECT'"],
    ['drop table log', "line 1:1: mismatched input 'drop' expecting 'SELECT'"],
    ['select n from', "mismatched input '<EOF>' expecting an identifier"],
    ['select from log', "line 1:8: mismatched input 'from'"],
    ['select (n', "expecting ')'"],
    ['select n n n', "mismatched input 'n'"],
    ['select n not 5', "expecting 'BETWEEN', 'IN' or 'LIKE'"],
  ])('%s', async (statement, message) => {
    await refused(statement, 'ParameterInvalid', message);
  });

  it('needs a field with analytics', async () => {
    const logs = createLogs({ keys: { hidden: { type: 'long' } } }, []);
    await expect(logs.query('* | select count(*)')).rejects.toMatchObject({
      code: 'ParameterInvalid',
      message: 'LogStore (results) is not found',
    });
  });

  it('refuses a broken search first', async () => {
    await expect(query('none: x | select hidden')).rejects.toMatchObject({
      message: expect.stringContaining('key (none) is not config'),
    });
  });
});

describe('as only the sandbox refuses', () => {
  it.each([
    ['select array_agg(n)', 'the function array_agg'],
    ["select load_extension('x')", 'the function load_extension'],
    ["select regexp_like(name, '(a+)+$')", 'the function regexp_like'],
    ['select ntile(2) over (order by n)', 'the function ntile'],
    ['select toString(n)', 'the function tostring'],
    ["select name || '!'", 'line 1:13: The sandbox does not model ||, which is concat(…)'],
    ['select +n', 'line 1:8: The sandbox does not model a plus sign before a value'],
    ['select name like team', 'LIKE with anything but a text'],
    ["select name like 'a#_' escape '#'", 'LIKE … ESCAPE'],
    ["select try_cast('1' as bigint)", 'TRY_CAST'],
    ['select n order by n desc nulls first', 'NULLS FIRST'],
    ['select approx_percentile(n, array[0.5])', 'arrays'],
    ['select max(distinct n)', 'max(DISTINCT …)'],
    ['select sum(distinct n)', 'sum(DISTINCT …)'],
    ['select sum(n) over (order by n)', 'sum(…) OVER'],
    ['select count(*) filter (where n > 1)', 'FILTER'],
    ['select row_number() over (order by n rows unbounded preceding)', 'ROWS'],
    ['select n from log join log', 'JOIN'],
    ['select n from log a left join log b', 'LEFT'],
    ['select n from log, log', 'more than one table'],
    ['select n from other', 'another logstore (other)'],
    ['select name from sqlite_master', 'another logstore (sqlite_master)'],
    ['select n union select n', 'UNION without ALL'],
    ['select n except select n', 'EXCEPT'],
    ['select n where n in (select n from log)', 'a subquery outside of FROM'],
    ['select (select 1)', 'a subquery outside of FROM'],
    ['select n where exists (select 1)', 'EXISTS'],
    ['select n group by grouping sets ((n))', 'GROUPING'],
    ["select now() - interval '1' day", "INTERVAL '…'"],
    ["select date '2026-01-01'", "DATE '…'"],
    ['select current_date', 'CURRENT_DATE'],
    ['select cast(n as date)', 'a cast to date'],
    ['select cast(n as varchar(3))', 'varchar(…)'],
    ['select n is distinct from 1', 'IS DISTINCT FROM'],
    ['select n limit 5 offset 1', 'OFFSET'],
    ['set session parallel_sql=true; select 1', 'session settings'],
    ['set session parallel_sql=true', 'SET'],
    ['select n; drop table log', 'session settings'],
    ['select n -- all', 'comments'],
    ['select n /* all */', 'comments'],
    ['select n | where n > 1', 'a second pipe'],
    ['select n, name as n', 'two columns of the same name (n)'],
    ["select date_format(now(), '%D')", '%D in date_format'],
  ])('%s', async (statement, message) => {
    await refused(statement, 'SandboxUnsupportedAnalytics', message);
  });

  it.each([
    ['parentheses', `select ${'('.repeat(101)}1${')'.repeat(101)}`, 'more than 100 levels'],
    ['signs', `select ${'- '.repeat(101)}1`, 'more than 100 levels'],
    ['NOTs', `select ${'not '.repeat(101)}true`, 'more than 100 levels'],
    ['subqueries', `${'select n from ('.repeat(101)}log`, 'more than 100 levels'],
    ['operators', `select ${'1 + '.repeat(1000)}1`, 'more than 2000 words'],
    ['SELECTs', `${'select n union all '.repeat(20)}select n`, 'more than 20 SELECTs'],
    ['wildcards', `select name like '${'%a'.repeat(9)}'`, 'LIKE with a pattern of more than'],
    ['characters', `select name like '${'a_'.repeat(100)}'`, 'LIKE with a pattern of more than'],
  ])('too many %s', async (_what, statement, message) => {
    await refused(statement, 'SandboxUnsupportedAnalytics', message);
  });

  it('computes as much as it takes: a thousand operators, a hundred levels', async () => {
    expect(await query(`* | select ${'1 + '.repeat(998)}1 as x`)).toEqual([{ x: '999' }]);
    expect(await query(`* | select ${'('.repeat(98)}1${')'.repeat(98)} as x`)).toEqual([
      { x: '1' },
    ]);
  });

  it('a query without a statement, and a search with one', async () => {
    await expect(query('*')).rejects.toMatchObject({ code: 'SandboxUnsupportedAnalytics' });
    expect(() => service.search('audit', 'results', { query: '* | select 1' })).toThrow(
      'takes no analytic statement',
    );
  });
});
