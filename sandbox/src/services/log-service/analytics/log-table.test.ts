import { describe, expect, it } from 'vitest';
import { createLogs, DOUBLE, LONG, TEXT } from '../../../testing/analytics-logs.ts';

const INDEX = { keys: { name: TEXT, team: TEXT, n: LONG, share: DOUBLE } };

describe('the table', () => {
  it('has the search alone in it, whose quotation marks may hold a |', async () => {
    const logs = createLogs(INDEX, [{ name: 'a|b' }, { name: 'a' }, { name: 'say "|"' }]);
    expect(await logs.query('name: "a|b" | select count(*) as c')).toEqual([{ c: '1' }]);
    expect(await logs.query('name: "\\"|\\"" | select name')).toEqual([{ name: 'say "|"' }]);
    expect(await logs.query("| select 'a|b' as x limit 1")).toEqual([{ x: 'a|b' }]);
  });

  it('keeps whole numbers exact, and takes none that are no numbers', async () => {
    const texts = ['9007199254740993', '-5', '+5', '1.5', '9223372036854775808', ''];
    const logs = createLogs(
      INDEX,
      texts.map((n) => ({ n, share: n })),
    );
    expect((await logs.query('* | select n')).map(({ n }) => n)).toEqual([
      '9007199254740993',
      '-5',
      '5',
      'null',
      'null',
      'null',
    ]);
    expect((await logs.query('* | select share')).map(({ share }) => share)).toEqual([
      '9.007199254740992E15',
      '-5.0',
      '5.0',
      '1.5',
      '9.223372036854776E18',
      'null',
    ]);
  });

  it('has no value for a log older than the analytics of its field', async () => {
    const logs = createLogs({ keys: { n: LONG, name: { type: 'text', token: [' '] } } }, [
      { n: '1', name: 'old' },
    ]);
    logs.service.createIndex('audit', 'results', { keys: { n: LONG, name: TEXT } });
    logs.append([{ n: '2', name: 'new' }]);
    expect(await logs.query('* | select n, name order by n')).toEqual([
      { n: '1', name: 'null' },
      { n: '2', name: 'new' },
    ]);
  });

  it('cuts long text, between characters', async () => {
    const logs = createLogs({ ...INDEX, max_text_len: 64 }, [{ name: `${'x'.repeat(63)}é` }]);
    expect(await logs.query('* | select name')).toEqual([{ name: 'x'.repeat(63) }]);
    const usual = createLogs(INDEX, [{ name: 'x'.repeat(3000) }]);
    expect(await usual.query('* | select name')).toEqual([{ name: 'x'.repeat(2048) }]);
  });

  it('counts only what is visible', async () => {
    const { service } = createLogs(INDEX, []);
    const past = { from: 1, to: 2, query: '* | select count(*) as c' };
    service.append('audit', 'results', [{ timeS: 1, source: '', topic: 'x', contents: {} }]);
    expect(await service.query('audit', 'results', past)).toEqual([{ c: '1' }]);
    expect(await service.query('audit', 'results', { ...past, topic: 'y' })).toEqual([{ c: '0' }]);
  });
});
